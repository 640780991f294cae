import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { KeyField } from '../keys/key-field.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { useSentence } from '../words/sentence.ts';
import { type Beside, BesideFields, entered } from './beside-fields.tsx';
import { KeysPageLink } from './keys-page-link.tsx';

/** The core's words for a pasted key that it would take all the same. */
const REFUSED: readonly string[] = ['credential-key-refused', 'credential-key-form'];

/** Takes the key that the person has made on the service's page. */
export function PasteKey({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { api } = useRekey();
  const providers = useAnswer('listProviders').value;
  const doing = useDoing();
  const [key, setKey] = useState('');
  const [beside, setBeside] = useState<Beside>({ companions: {}, settings: {} });
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState(false);
  const [evenIfRefused, setEvenIfRefused] = useState(false);
  if (doing.failure && REFUSED.includes(doing.failure.code) && !refused) setRefused(true);
  const { id, provider, way, outcome } = rotation;
  const known = providers?.find((one) => one.id === provider.id);
  const change = (typed: string): void => {
    doing.forget();
    setRefused(false);
    setEvenIfRefused(false);
    setKey(typed);
  };
  const adopt = async (): Promise<void> => {
    setTried(true);
    // A key that was copied from a page often brings a line break along.
    const pasted = key.trim();
    if (pasted === '') return;
    const taken = await doing.run(async () => {
      const given = { companions: entered(beside.companions), settings: entered(beside.settings) };
      await api.call('adoptKey', { id, key: pasted, ...given, ...(evenIfRefused && { evenIfRefused }) });
    });
    if (!taken) return;
    change('');
    setBeside({ companions: {}, settings: {} });
  };
  return (
    <section className="panel paste-key stack" aria-labelledby="paste-key">
      <h2 id="paste-key">{t('rotation.paste.title')}</h2>
      <p>
        {t(`rotation.paste.${outcome === 'lost' ? 'lost' : way === 'by-hand' ? 'byHand' : 'doubt'}`, {
          provider: provider.name,
        })}
      </p>
      <div>
        <KeysPageLink rotation={rotation} />
      </div>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void adopt();
        }}
      >
        <KeyField
          label={t('rotation.paste.label')}
          hint={known && t('rotation.paste.hint', { hint: sentence(known.keyHint) })}
          value={key}
          onChange={change}
          error={tried && key.trim() === '' ? t('rotation.paste.missing') : null}
        />
        {known && <BesideFields provider={known} beside={beside} onChange={setBeside} />}
        {doing.failure && <FailureNotice failure={doing.failure} />}
        {refused && (
          <label className="check">
            <input
              type="checkbox"
              checked={evenIfRefused}
              onChange={(event) => setEvenIfRefused(event.target.checked)}
            />
            <span>{t('rotation.paste.anyway', { provider: provider.name })}</span>
          </label>
        )}
        <div>
          <Button type="submit" className="button button-main" isDisabled={doing.busy}>
            {doing.busy ? t('add.submitting', { provider: provider.name }) : t('rotation.paste.submit')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
