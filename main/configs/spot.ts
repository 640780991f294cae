import { Secret } from '../credentials/secret.ts';
import type { Extent, Format } from './formats/format.ts';
import { layersIn } from './inner-layers.ts';
import type { Layer } from './layer.ts';

/** A piece of a layer's text. */
export interface Spot extends Extent {
  readonly layer: Layer;
}

/** The text that stands there, as its own reader sees it. */
export function textAt(spot: Spot): string {
  return spot.layer.bytes.toString('utf8', spot.start, spot.end);
}

/**
 * The text with this fingerprint that is written in exactly these bytes of the file: in the innermost layer of the
 * literal that has one. Null when something else stands there.
 */
export function spotAt(
  format: Format,
  bytes: Buffer,
  literal: Extent,
  written: Extent,
  fingerprint: string,
): Spot | null {
  for (const layer of layersIn(format.layer(bytes, literal))) {
    const spot = { layer, start: layer.indexAt(written.start), end: layer.indexAt(written.end) };
    if (spot.start < 0 || spot.end <= spot.start) continue;
    if (new Secret(textAt(spot)).fingerprint === fingerprint) return spot;
  }
  return null;
}
