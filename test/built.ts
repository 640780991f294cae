import { build } from '../build/build.ts';

/** Some tests start the programs in `dist/`; `npm test` has built them already. */
export default async function setup(): Promise<void> {
  if (process.env.REKEY_BUILT !== '1') await build();
}
