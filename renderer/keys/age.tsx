import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { ago, dateAndTime } from '../words/time.ts';
import { useNow } from '../words/use-now.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How old a key is, in words, and how near it has come to the day on which it is to be rotated. */
export function Age({ credential }: { credential: CredentialView }) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const { age, due, dueAt, rotatedAt, createdAt } = credential;
  const at = rotatedAt ?? createdAt;
  const words = due
    ? t('keys.ageDue', { count: age })
    : t(rotatedAt === null ? 'keys.added' : 'keys.rotated', { ago: ago(at, now, i18n.language) });
  return (
    <div className="age">
      <time dateTime={at} title={dateAndTime(at, i18n.language)}>
        {words}
      </time>
      {dueAt !== null && <AgeBar from={Date.parse(at)} until={Date.parse(dueAt)} now={now} />}
    </div>
  );
}

/** The same as a picture; times in milliseconds. */
function AgeBar({ from, until, now }: { from: number; until: number; now: number }) {
  const { t } = useTranslation();
  const share = Math.min(1, Math.max(0, (now - from) / Math.max(until - from, 1)));
  const left = Math.max(0, Math.ceil((until - now) / DAY_MS));
  const words = left === 0 ? t('keys.dueNow') : t('keys.dueIn', { count: left });
  return (
    <svg
      className={share < 1 ? 'age-bar' : 'age-bar age-bar-full'}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <rect className="age-bar-all" width="100" height="4" />
      <rect className="age-bar-done" width={100 * share} height="4" />
    </svg>
  );
}
