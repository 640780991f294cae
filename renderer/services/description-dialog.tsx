import { useMemo, useState } from 'react';
import { Button, FileTrigger, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ServiceProblem, ServiceView } from '../../main/providers/described/service.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { DescriptionField } from './description-field.tsx';
import { ProblemList } from './problem-list.tsx';

interface DescriptionDialogProps {
  readonly title: string;
  /** What stands there at first. */
  readonly text: string;
  /** Id of the service that is changed: its own description may be replaced without a question. */
  readonly changes?: string;
  onClose(): void;
  onSaved(service: ServiceView): void;
}

/** A description as a text: from a file, an example or the service itself, to be looked at, changed and saved. */
export function DescriptionDialog({ title, text: initial, changes, onClose, onSaved }: DescriptionDialogProps) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const doing = useDoing();
  const [text, setText] = useState(initial);
  const [problems, setProblems] = useState<readonly ServiceProblem[]>([]);
  const [missing, setMissing] = useState(false);
  /** Name of the service that is there already, once the person has tried. */
  const [replaced, setReplaced] = useState<string | null>(null);

  const wrong = useMemo(() => problems.map(({ line }) => line), [problems]);
  const change = (next: string): void => {
    setText(next);
    setMissing(false);
    setReplaced(null);
    setProblems([]);
    doing.forget();
  };
  const submit = async (replace: boolean): Promise<void> => {
    setMissing(text.trim() === '');
    if (text.trim() === '') return;
    await doing.run(async () => {
      const checked = await api.call('checkService', { draft: { text } });
      setProblems(checked.problems);
      if (checked.problems.length > 0) return;
      const isOwn = checked.id === changes;
      setReplaced(checked.replaces && !isOwn && !replace ? checked.name : null);
      if (checked.replaces && !isOwn && !replace) return;
      const saved = await api.call('saveService', { draft: { text }, replace: checked.replaces });
      await answers.ask('listServices');
      onSaved(saved);
    });
  };
  const take = async (files: FileList | null): Promise<void> => {
    const file = files?.[0];
    if (file) await doing.run(async () => change(await file.text()));
  };
  return (
    <DialogFrame title={title} onClose={onClose}>
      <p className="muted">{t('services.textWhat')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(false);
        }}
      >
        <div>
          <FileTrigger acceptedFileTypes={['application/json', '.json']} onSelect={(files) => void take(files)}>
            <Button className="button">{t('services.file')}</Button>
          </FileTrigger>
        </div>
        <DescriptionField
          text={text}
          onChange={change}
          error={missing ? t('services.textMissing') : null}
          wrong={wrong}
        />
        {problems.length > 0 && (
          <Notice tone="bad" role="alert" title={t('services.problems', { count: problems.length })}>
            <ProblemList problems={problems} />
          </Notice>
        )}
        {replaced !== null && (
          <Notice
            tone="warn"
            role="alert"
            title={t('services.replaces', { name: replaced })}
            actions={
              <Button className="button" onPress={() => submit(true)}>
                {t('services.replace')}
              </Button>
            }
          >
            <p>{t('services.replacesMore')}</p>
          </Notice>
        )}
        {doing.failure && <FailureNotice failure={doing.failure} />}
        <div className="dialog-buttons">
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" className="button button-main" isDisabled={doing.busy}>
            {t('services.save')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
