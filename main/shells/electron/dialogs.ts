import { dialog } from 'electron';
import { type ErrorView, errorView } from '../../errors.ts';
import { inWords } from './words.ts';

/** Something for the person to read, over whatever else they do. Given in English, said in their language. */
export async function tell(
  message: string,
  detail: string,
  type: 'info' | 'warning' | 'error' = 'info',
): Promise<void> {
  await dialog.showMessageBox({
    type,
    title: 'Rekey',
    message: inWords(message),
    detail: inWords(detail),
    buttons: [inWords('OK')],
    noLink: true,
  });
}

/** What failed, and what to do now. */
export async function tellFailure(error: unknown): Promise<void> {
  const { message, wayOut }: ErrorView = errorView(error);
  await tell(message, wayOut, 'error');
}

/**
 * Puts a choice before the person.
 * @param safe the button that Enter and Escape stand for.
 * @returns the button that was chosen.
 */
export async function choose(
  message: string,
  detail: string,
  buttons: readonly string[],
  safe: string,
): Promise<string> {
  const safeId = buttons.indexOf(safe);
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Rekey',
    message: inWords(message),
    detail: inWords(detail),
    buttons: buttons.map(inWords),
    defaultId: safeId,
    cancelId: safeId,
    noLink: true,
  });
  return buttons[response] ?? safe;
}
