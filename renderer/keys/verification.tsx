import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CallOutput, CredentialView } from '../../preload/contract.ts';
import type { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { Notice } from '../look/notice.tsx';
import { useSentence } from '../words/sentence.ts';

type Result = Pick<CallOutput<'verifyCredential'>, 'state' | 'account' | 'reason'>;

const TONES = { accepted: 'ok', refused: 'bad', unknown: 'warn' } as const;

/** Asks the service whether it takes the key. */
export function useVerification(credential: CredentialView, doing: ReturnType<typeof useDoing>) {
  const { api } = useRekey();
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const ask = async () => {
    setResult(null);
    setAsking(true);
    await doing.run(async () => setResult(await api.call('verifyCredential', { credential: credential.id })));
    setAsking(false);
  };
  return { asking, result, ask, forget: () => setResult(null) };
}

interface VerificationNoticeProps {
  readonly provider: string;
  readonly result: Result;
  onDismiss(): void;
}

export function VerificationNotice({ provider, result, onDismiss }: VerificationNoticeProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { state, account, reason } = result;
  const words =
    state === 'accepted' && account !== null
      ? t('keys.verified.acceptedAccount', { provider, account })
      : t(`keys.verified.${state}`, { provider });
  return (
    <Notice
      tone={TONES[state]}
      title={words}
      actions={
        <Button className="button" onPress={onDismiss}>
          {t('action.dismiss')}
        </Button>
      }
    >
      {reason !== null && <p>{sentence(reason)}</p>}
    </Notice>
  );
}
