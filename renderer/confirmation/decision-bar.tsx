import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Doing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { clock } from '../words/time.ts';
import { useNow } from '../words/use-now.ts';

/** A page that has just come up can catch a click or a key that was meant for something else. */
const DEAF_FOR_MS = 600;

interface DecisionBarProps {
  /** ISO time until which it can be decided. */
  readonly until: string;
  readonly deciding: Doing;
  /** What the button says that confirms. */
  readonly submit: string;
  readonly canApprove?: boolean;
  onApprove(): void;
  onDeny(): void;
}

/** The two buttons, how long they are there, and why the last try failed. */
export function DecisionBar({ until, deciding, submit, canApprove = true, onApprove, onDeny }: DecisionBarProps) {
  const { t } = useTranslation();
  const { busy, failure } = deciding;
  const [deaf, setDeaf] = useState(true);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    cancel.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => setDeaf(false), DEAF_FOR_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <footer className="decision">
      {failure && <FailureNotice failure={failure} />}
      <div className="decision-row">
        <TimeLeft until={until} />
        <div className="decision-buttons">
          <button ref={cancel} type="button" className="button" disabled={busy} onClick={() => !deaf && onDeny()}>
            {t('action.cancel')}
          </button>
          <button
            type="button"
            className="button button-main"
            disabled={busy || deaf || !canApprove}
            onClick={onApprove}
          >
            {busy ? t('confirm.approving') : submit}
          </button>
        </div>
      </div>
    </footer>
  );
}

function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslation();
  const now = useNow(500);
  return (
    <p className="time-left muted" role="timer">
      {t('confirm.timeLeft', { left: clock(until, now) })}
    </p>
  );
}
