import type { RekeyApi } from '../../preload/contract.ts';

/** `lost`: the core doesn't answer, and is tried again · `signed-out`: it answers, and doesn't know this page. */
export type Connection = 'open' | 'lost' | 'signed-out';

/** The core as a page holds it. */
export interface Carrier extends RekeyApi {
  /**
   * Tells the state of the connection now and whenever it changes; `open` again means that events may have been missed.
   * @returns the disposer.
   */
  onConnection(listener: (connection: Connection) => void): () => void;
}
