import { useTranslation } from 'react-i18next';
import type { Cooldown } from '../../main/credentials/credential.schema.ts';
import { Pill } from '../look/pill.tsx';
import { capitalised } from '../words/list.ts';
import { useSentence } from '../words/sentence.ts';
import { left } from '../words/time.ts';
import { useNow } from '../words/use-now.ts';

/** "Withdrawals blocked for 42 min", counted down; nothing once it is over. */
export function CooldownLeft({ cooldown }: { cooldown: Cooldown }) {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  const now = useNow(1_000);
  const time = left(cooldown.until, now, i18n.language);
  if (time === null) return null;
  return (
    <p>
      <Pill tone="warn" icon="clock">
        {t('keys.cooldown', { what: capitalised(sentence(cooldown.what), i18n.language), left: time })}
      </Pill>
    </p>
  );
}
