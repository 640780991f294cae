import { dialog } from 'electron';
import { type ErrorView, errorView } from '../../errors.ts';

/** Something for the person to read, over whatever else they do. */
export async function tell(
  message: string,
  detail: string,
  type: 'info' | 'warning' | 'error' = 'info',
): Promise<void> {
  await dialog.showMessageBox({ type, title: 'Rekey', message, detail, buttons: ['OK'], noLink: true });
}

/** What failed, and what to do now. */
export async function tellFailure(error: unknown): Promise<void> {
  const { message, wayOut }: ErrorView = errorView(error);
  await tell(message, wayOut, 'error');
}

/** Why the app doesn't end now. */
export async function tellStillBusy(): Promise<void> {
  await tell(
    'Rekey is replacing a key at this moment.',
    'Ending it now could lose the new key, so it goes on. It takes a few seconds; quit again when the rotation is done.',
    'warning',
  );
}
