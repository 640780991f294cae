import { useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '../../main/providers/described/service.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';
import { useSentence } from '../words/sentence.ts';
import {
  EMPTY_SERVICE,
  formOf,
  missingIn,
  NEEDED,
  problemsByField,
  type TypedField,
  type TypedService,
} from './describe-form.ts';

interface DescribeDialogProps {
  onClose(): void;
  onSaved(service: ServiceView): void;
}

const VERIFY_FIELDS = ['verifyUrl', 'verifyHeader', 'verifyValue', 'verifyHas'] as const;
const HINTED = ['page', 'envNames', 'pattern', 'verifyUrl', 'verifyValue', 'verifyHas'] as const;

/** A form for a service whose keys the person makes by hand. */
export function DescribeDialog({ onClose, onSaved }: DescribeDialogProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { api, answers } = useRekey();
  const doing = useDoing();
  const [typed, setTyped] = useState<TypedService>(EMPTY_SERVICE);
  /** What the core found wrong with a field; null where it is just missing. */
  const [wrong, setWrong] = useState<Partial<Record<TypedField, string | null>>>({});
  const [asks, setAsks] = useState(false);

  const submit = async (): Promise<void> => {
    const missing = missingIn(typed);
    setWrong(Object.fromEntries(missing.map((field) => [field, null])));
    if (missing.length > 0) return;
    await doing.run(async () => {
      const draft = { form: formOf(typed) };
      const { problems } = await api.call('checkService', { draft });
      const found = Object.entries(problemsByField(problems, typed));
      setWrong(Object.fromEntries(found));
      if (found.some(([field]) => VERIFY_FIELDS.some((one) => one === field))) setAsks(true);
      if (found.length > 0) return;
      const saved = await api.call('saveService', { draft });
      await answers.ask('listServices');
      onSaved(saved);
    });
  };
  const errorOf = (name: TypedField): string | null => {
    const message = wrong[name];
    if (message) return t('services.wrong', { message: sentence(message) });
    const needed = NEEDED.find((one) => one === name);
    return message === null && needed ? t(`services.missing.${needed}`) : null;
  };
  const field = (name: TypedField, autoFocus = false) => {
    const hinted = HINTED.find((one) => one === name);
    return (
      <Field
        key={name}
        label={t(`services.${name}`)}
        hint={hinted && t(`services.${hinted}Hint`)}
        value={typed[name]}
        onChange={(value) => setTyped({ ...typed, [name]: value })}
        error={errorOf(name)}
        code={name !== 'name'}
        autoFocus={autoFocus}
      />
    );
  };
  return (
    <DialogFrame title={t('services.formTitle')} onClose={onClose}>
      <p className="muted">{t('services.formWhat')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {field('name', true)}
        {(['page', 'envNames', 'pattern'] as const).map((name) => field(name))}
        <Disclosure className="disclosure" isExpanded={asks} onExpandedChange={setAsks}>
          <Button slot="trigger" className="disclosure-trigger">
            <Icon name="chevron" />
            {t('services.verify')}
          </Button>
          <DisclosurePanel className="stack">
            <p className="small muted">{t('services.verifyWhat')}</p>
            {VERIFY_FIELDS.map((name) => field(name))}
          </DisclosurePanel>
        </Disclosure>
        {doing.failure && <FailureNotice failure={doing.failure} />}
        <div className="dialog-buttons">
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" className="button button-main" isDisabled={doing.busy}>
            {t('services.formSubmit')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
