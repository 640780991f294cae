import { RekeyError } from '../errors.ts';

export class PracticeError extends RekeyError<
  'practice-not-running' | 'practice-call-unknown' | 'practice-elsewhere'
> {}

export function notRunning(): PracticeError {
  return new PracticeError(
    'practice-not-running',
    'Practice has ended, and everything of it was removed. Nothing real was changed.',
    'Start practice again.',
  );
}
