import { app } from 'electron';
import { startedByPerson } from './single-instance.ts';

/** Whoever starts Rekey while it runs wants to see it. */
export function onSecondInstance(open: () => void): void {
  app.on('second-instance', (_event, _argv, _workingDirectory, additionalData) => {
    if (startedByPerson(additionalData)) open();
  });
}
