import { useTranslation } from 'react-i18next';

/** Electron's window closes by itself or by its button; a page of the browser leads to the others. */
export function WayOn({ rotationId, pastes }: { rotationId: string | null; pastes: boolean }) {
  const { t } = useTranslation();
  const inBrowser = location.protocol.startsWith('http');
  if (!inBrowser) {
    return (
      <div className="row">
        <button type="button" className="button" onClick={() => window.close()}>
          {t('action.close')}
        </button>
        {pastes && <span>{t('confirm.pasteInMain')}</span>}
      </div>
    );
  }
  return (
    <p className="row">
      <a className="button" href={rotationId === null ? './#/keys' : `./#/rotation/${rotationId}`}>
        {t(rotationId === null ? 'app.toKeys' : pastes ? 'keys.pasteNew' : 'keys.seeRotation')}
      </a>
      <span className="muted">{t('confirm.closePage')}</span>
    </p>
  );
}
