import { useId, useRef, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { Trans, useTranslation } from 'react-i18next';
import type { CallOutput, Settings } from '../../preload/contract.ts';
import { useSay } from '../app/say.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';
import { exampleFolder, folderProblem } from './folder-path.ts';
import { useChange } from './use-change.ts';

interface ProjectFoldersProps {
  readonly folders: Settings['projectFolders'];
  readonly platform: CallOutput<'getStatus'>['platform'];
}

export function ProjectFolders({ folders, platform }: ProjectFoldersProps) {
  const { t } = useTranslation();
  const say = useSay();
  const { change, failure, forget } = useChange();
  const title = useRef<HTMLHeadingElement>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<ReturnType<typeof folderProblem>>(null);
  const id = useId();
  const example = exampleFolder(platform);

  const add = async () => {
    const folder = typed.trim();
    const wrong = folderProblem(folder, folders, platform);
    setProblem(wrong);
    forget();
    if (wrong || !(await change(({ projectFolders }) => ({ projectFolders: [...projectFolders, folder] })))) return;
    setTyped('');
    say(t('settings.folderAdded', { folder }));
  };
  const remove = async (folder: string) => {
    const others = (now: Settings) => ({ projectFolders: now.projectFolders.filter((one) => one !== folder) });
    if (!(await change(others))) return;
    // Its button is gone, and the focus must be somewhere.
    title.current?.focus();
    say(t('settings.folderRemoved', { folder }));
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {t('settings.folders')}
      </h2>
      <div className="panel">
        <div className="setting stack-tight">
          <p>
            <Trans i18nKey="settings.foldersMore" components={{ code: <code /> }} />
          </p>
          <p className="small muted">{t('settings.foldersKnown')}</p>
        </div>
        {folders.length === 0 ? (
          <p className="setting muted">{t('settings.foldersNone')}</p>
        ) : (
          <ul className="folders" aria-label={t('settings.foldersList')}>
            {folders.map((folder) => (
              <li key={folder} className="folder">
                <Icon name="folder" />
                <FilePath path={folder} />
                <Button
                  className="button"
                  aria-label={t('settings.folderRemoveLabel', { folder })}
                  onPress={() => remove(folder)}
                >
                  {t('settings.folderRemove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Form
          className="setting stack-tight"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Field
            label={t('settings.folder')}
            value={typed}
            onChange={(value) => {
              setTyped(value);
              setProblem(null);
            }}
            hint={t('settings.folderHint', { example })}
            error={problem && t(`settings.${problem}`, { example })}
            code
            beside={
              <Button type="submit" className="button">
                {t('settings.folderAdd')}
              </Button>
            }
          />
          {failure && <FailureNotice failure={failure} />}
        </Form>
      </div>
    </section>
  );
}
