import type { Carrier } from './carrier.ts';
import { HttpCarrier } from './http-carrier.ts';
import { PreloadCarrier } from './preload-carrier.ts';

/** Electron's preload where there is one, else HTTP. */
export function chooseCarrier(): Carrier {
  return window.rekey ? new PreloadCarrier(window.rekey) : new HttpCarrier();
}
