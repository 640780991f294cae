import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useSay } from '../app/say.tsx';
import { useRekey } from '../data/use-rekey.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

/** What can be done about a copy that a program has made: the new key, or none at all. */
export function CopyButtons({ copy }: { copy: HostView['copies'][number] }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const [asked, setAsked] = useState<'patch' | 'delete' | null>(null);
  const { path, credential, holdsEarlier } = copy;
  const close = () => setAsked(null);
  const patch = async () => {
    const { places } = await api.call('patchCopy', { path, credential });
    say(t('cleanUp.patched', { count: places }));
  };
  const remove = async () => {
    await api.call('deleteCopy', { path });
    say(t('cleanUp.deleted'));
  };
  return (
    <div className="row">
      {holdsEarlier && (
        <Button
          className="button button-small"
          aria-label={t('cleanUp.patchLabel', { name: credential, file: path })}
          onPress={() => setAsked('patch')}
        >
          {t('cleanUp.patch')}
        </Button>
      )}
      <Button
        className="button button-small"
        aria-label={t('cleanUp.deleteLabel', { file: path })}
        onPress={() => setAsked('delete')}
      >
        {t('cleanUp.delete')}
      </Button>
      {asked === 'patch' && (
        <ConfirmDialog
          title={t('cleanUp.patchTitle')}
          file={path}
          submit={t('cleanUp.patchSubmit')}
          onConfirm={patch}
          onClose={close}
        >
          <p>{t('cleanUp.patchWhat', { name: credential })}</p>
        </ConfirmDialog>
      )}
      {asked === 'delete' && (
        <ConfirmDialog
          title={t('cleanUp.deleteTitle')}
          file={path}
          submit={t('cleanUp.deleteSubmit')}
          onConfirm={remove}
          onClose={close}
        >
          <p>{t('cleanUp.deleteWhat')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
