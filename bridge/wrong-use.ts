import { RekeyError } from '../main/errors.ts';

/** The command was not given as it is to be given; exit code 2. */
export class WrongUse extends RekeyError<'wrong-use'> {
  constructor(message: string, wayOut: string) {
    super('wrong-use', `${message} Nothing was changed.`, wayOut);
  }
}
