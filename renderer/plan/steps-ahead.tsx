import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { listOf } from '../words/list.ts';
import { span } from '../words/time.ts';
import { useSectionName } from './section-of.ts';

interface StepsAheadProps {
  readonly plan: Plan;
  /** Names of the programs that are quit meanwhile. */
  readonly restarting: readonly string[];
  /** For how long the old key is to work on; null where there is no choice. */
  readonly graceMinutes: number | null;
}

/** What confirming sets off, in order. */
export function StepsAhead({ plan, restarting, graceMinutes }: StepsAheadProps) {
  const { t, i18n } = useTranslation();
  const title = useId();
  const name = useSectionName(title);
  const hosts = listOf(restarting, i18n.language);
  const count = plan.sites.length;
  const files = t('plan.files', { count: new Set(plan.sites.map(({ file }) => file)).size });
  return (
    <section aria-labelledby={name}>
      <h2 id={title}>{t('plan.steps')}</h2>
      <ol className="steps-ahead">
        <NewKey plan={plan} />
        {restarting.length > 0 && <li>{t('plan.step.quit', { hosts })}</li>}
        <li>{t(plan.way === 'undo' ? 'plan.step.writeEarlier' : 'plan.step.write', { count, files })}</li>
        {restarting.length > 0 && <li>{t('plan.step.start', { hosts })}</li>}
        {count > 0 && <li>{t('plan.step.look')}</li>}
        <OldKey plan={plan} graceMinutes={graceMinutes} />
      </ol>
    </section>
  );
}

/** Where the key comes from that is put in place. */
function NewKey({ plan: { way, provider } }: { plan: Plan }) {
  const { t } = useTranslation();
  const names = { provider: provider.name };
  switch (way) {
    case 'request':
      return (
        <>
          <li>{t('plan.step.check')}</li>
          <li>{t('plan.step.ask', names)}</li>
          <li>{t('plan.step.keep', names)}</li>
        </>
      );
    case 'by-hand':
      return (
        <>
          <li>{t('plan.step.checkFiles')}</li>
          <li>{t('plan.step.make', names)}</li>
          <li>{t('plan.step.keepPasted', names)}</li>
        </>
      );
    case 'undo':
      return (
        <>
          <li>{t('plan.step.checkFiles')}</li>
          <li>{t('plan.step.fetch', names)}</li>
        </>
      );
  }
}

/** What becomes of the key that was replaced, where it isn't dead by then. */
function OldKey({ plan, graceMinutes }: { plan: Plan; graceMinutes: number | null }) {
  const { t, i18n } = useTranslation();
  const { way, strategy, consequences, provider } = plan;
  const names = { provider: provider.name, time: span(graceMinutes ?? 0, i18n.language) };
  if (way === 'by-hand') return <li>{t('plan.step.revokeThere', names)}</li>;
  if (way === 'undo') {
    const byRekey = consequences.some(({ kind }) => kind === 'newer-key-revoked');
    return <li>{t(byRekey ? 'plan.step.revokeNewer' : 'plan.step.revokeNewerThere', names)}</li>;
  }
  if (strategy === 'overlap') return <li>{t(graceMinutes ? 'plan.step.revokeLater' : 'plan.step.revoke', names)}</li>;
  return graceMinutes ? <li>{t('plan.step.expire', names)}</li> : null;
}
