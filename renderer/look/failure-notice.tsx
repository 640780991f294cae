import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../words/sentence.ts';
import { useTogether } from '../words/together.ts';
import { Notice } from './notice.tsx';

export interface FailureWords {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
}

/** What went wrong, what was and wasn't changed, and what to do. */
export function useFailureWords(): (failure: FailureWords) => { message: string; wayOut: string; both: string } {
  const { t } = useTranslation();
  const sentence = useSentence();
  const together = useTogether();
  const wordsOf = ({ code, message, wayOut }: FailureWords) => {
    // These two are said by the page itself; the core has said all others, in English.
    if (code === 'app-not-reached' || (code === 'internal' && message === '')) {
      return { message: t(`failure.${code}.message`), wayOut: t(`failure.${code}.wayOut`) };
    }
    return { message: sentence(message), wayOut: sentence(wayOut) };
  };
  return (failure) => {
    const words = wordsOf(failure);
    return { ...words, both: together(words.message, words.wayOut) };
  };
}

interface FailureNoticeProps {
  readonly failure: FailureWords;
  readonly title?: string;
  readonly actions?: ReactNode;
  /** Of something that the person has just done. */
  readonly fresh?: boolean;
  readonly tone?: 'bad' | 'warn';
}

export function FailureNotice({ failure, title, actions, fresh = true, tone = 'bad' }: FailureNoticeProps) {
  const { message, wayOut } = useFailureWords()(failure);
  return (
    <Notice tone={tone} title={title ?? message} actions={actions} {...(fresh && { role: 'alert' as const })}>
      {title && <p>{message}</p>}
      <p>{wayOut}</p>
    </Notice>
  );
}
