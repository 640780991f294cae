import { useId, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { FailureNotice } from '../look/failure-notice.tsx';
import { useChange } from './use-change.ts';

/** Whether `--confirm rotate-now` may stand for a person. */
export function ScriptedConfirmation({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  const { change, failure } = useChange();
  /** What the person has just chosen, until it holds or was refused. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const turns = useRef(0);
  const id = useId();
  const choose = async (allowScriptedConfirmation: boolean) => {
    const turn = ++turns.current;
    setWanted(allowScriptedConfirmation);
    await change(() => ({ allowScriptedConfirmation }));
    if (turn === turns.current) setWanted(null);
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('settings.scripts')}</h2>
      <div className="panel setting stack-tight">
        <label className="switch">
          <input
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
            role="switch"
            checked={wanted ?? allowed}
            aria-describedby={`${id}-more`}
            onChange={(event) => void choose(event.target.checked)}
          />
          {t('settings.scriptsAllow')}
        </label>
        <div id={`${id}-more`} className="stack-tight small muted">
          <p>
            <Trans i18nKey="settings.scriptsMore" components={{ code: <code /> }} />
          </p>
          <p>{t('settings.scriptsDesktop')}</p>
        </div>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </section>
  );
}
