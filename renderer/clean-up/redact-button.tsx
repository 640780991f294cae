import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSay } from '../app/say.tsx';
import { useRekey } from '../data/use-rekey.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface RedactButtonProps {
  readonly file: string;
  readonly credential: string;
  /** Which keys of the credential stand there outside of the servers. */
  readonly holds: { readonly earlier: boolean; readonly current: boolean };
}

/** Takes a key out of comments, chats and names of one file. */
export function RedactButton({ file, credential, holds }: RedactButtonProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [both, setBoth] = useState(false);
  const alsoCurrent = holds.current && (both || !holds.earlier);
  const redact = async () => {
    const { places } = await api.call('redactKey', { file, credential, alsoCurrent });
    say(t('cleanUp.redacted', { count: places }));
  };
  return (
    <>
      <Button
        className="button button-small"
        aria-label={t('cleanUp.redactLabel', { name: credential, file })}
        onPress={() => setOpen(true)}
      >
        {t('cleanUp.redact')}
      </Button>
      {open && (
        <ConfirmDialog
          title={t('cleanUp.redactTitle', { name: credential })}
          file={file}
          submit={t('cleanUp.redactSubmit')}
          onConfirm={redact}
          onClose={() => setOpen(false)}
        >
          <p>{t(holds.earlier ? 'cleanUp.redactEarlier' : 'cleanUp.redactCurrent')}</p>
          <p>{t('cleanUp.redactStays')}</p>
          {holds.earlier && holds.current && (
            <label className="check">
              <input type="checkbox" checked={both} onChange={(event) => setBoth(event.target.checked)} />
              <span>{t('cleanUp.redactBoth')}</span>
            </label>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
