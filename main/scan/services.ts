/** A service that Rekey can't rotate keys of, and how its keys look. */
interface Service {
  readonly name: string;
  readonly starts: readonly string[];
  readonly form: RegExp;
  readonly isBlock?: boolean;
}

/**
 * Well-known forms of keys of other services, the more specific first, as scanners of secrets such as gitleaks
 * (github.com/gitleaks/gitleaks, config/gitleaks.toml) look for them, some wider, since lengths have changed over the years;
 * not asked of the services themselves. Lengths are bounded, so that hostile text costs no more than its length.
 */
export const SERVICES: readonly Service[] = [
  { name: 'Anthropic', starts: ['sk-ant-'], form: /sk-ant-(?:api|admin|oat)\d\d-[\w-]{60,200}/ },
  {
    name: 'OpenAI',
    starts: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    form: /sk-(?:proj|svcacct|admin)-[\w-]{40,220}/,
  },
  { name: 'GitHub', starts: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], form: /gh[pousr]_[0-9A-Za-z]{36,251}/ },
  { name: 'GitHub', starts: ['github_pat_'], form: /github_pat_\w{82}/ },
  {
    name: 'Slack',
    starts: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxe-', 'xoxr-', 'xoxs-', 'xapp-'],
    form: /(?:xox[abeprs]|xapp)-\d[0-9A-Za-z-]{16,250}/,
  },
  { name: 'AWS', starts: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], form: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/ },
  { name: 'Google', starts: ['AIza'], form: /AIza[\w-]{35}/ },
  { name: 'Stripe', starts: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], form: /[sr]k_(?:live|test)_\w{16,200}/ },
  { name: 'npm', starts: ['npm_'], form: /npm_[0-9A-Za-z]{36}/ },
  { name: 'Hugging Face', starts: ['hf_'], form: /hf_[0-9A-Za-z]{34}/ },
  { name: 'Perplexity', starts: ['pplx-'], form: /pplx-[0-9A-Za-z]{48}/ },
  { name: 'Linear', starts: ['lin_api_'], form: /lin_api_[0-9A-Za-z]{40}/ },
  { name: 'Notion', starts: ['ntn_'], form: /ntn_\d{11}[0-9A-Za-z]{35}/ },
  { name: 'DigitalOcean', starts: ['dop_v1_', 'doo_v1_'], form: /do[op]_v1_[0-9a-f]{64}/ },
  { name: 'JSON Web Token', starts: ['eyJ'], form: /eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}/ },
  {
    name: 'Private key',
    starts: ['-----BEGIN '],
    form: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[^"'`<]){40,8000}-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/,
    isBlock: true,
  },
  // OpenAI began it, and many services write their keys so: told under the name of the form.
  { name: 'sk-… (OpenAI and others)', starts: ['sk-'], form: /sk-[0-9A-Za-z]{20,200}/ },
];
