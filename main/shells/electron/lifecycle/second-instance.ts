import { app } from 'electron';
import { holdsAddress } from './holds-address.ts';
import { startedByPerson } from './single-instance.ts';

/**
 * Whoever starts Rekey while it runs wants to see it; but not a page on the web, which starts it with an address.
 * @param refuse tells that there was an address.
 */
export function onSecondInstance(open: () => void, refuse: () => void): void {
  app.on('second-instance', (_event, argv, _workingDirectory, additionalData) => {
    if (holdsAddress(argv)) refuse();
    else if (startedByPerson(additionalData)) open();
  });
}
