import { Secret } from '../credentials/secret.ts';
import type { Extent } from './extent.ts';
import type { Format } from './formats/format.ts';
import { layersIn } from './inner-layers.ts';
import type { Layer } from './layer.ts';
import type { Site, SiteLiteral } from './site.ts';

/** A piece of a layer's text. */
export interface Spot extends Extent {
  readonly layer: Layer;
}

/** The text that stands there, as its own reader sees it. */
export function textAt(spot: Spot): string {
  return spot.layer.bytes.toString('utf8', spot.start, spot.end);
}

/** What stands at a site, in the innermost layer of its literal. Null when something else stands there by now. */
export function spotAt(format: Format, bytes: Buffer, site: Site): Spot | null {
  for (const layer of layersOf(format, bytes, site.within)) {
    const spot = { layer, ...site.inner };
    const written = layer.inFile(spot);
    if (spot.end > layer.bytes.length || written.start !== site.start || written.end !== site.end) continue;
    if (new Secret(textAt(spot)).fingerprint === site.fingerprint) return spot;
  }
  return null;
}

/** Whether a reader of one of the literal's layers finds this text in these bytes of the file, which may bring their own quotes. */
export function isReadAt(format: Format, bytes: Buffer, literal: SiteLiteral, written: Extent, text: string): boolean {
  const wanted = Buffer.from(text);
  for (const layer of layersOf(format, bytes, literal)) {
    for (let start = layer.bytes.indexOf(wanted); start >= 0; start = layer.bytes.indexOf(wanted, start + 1)) {
      const read = layer.inFile({ start, end: start + wanted.length });
      if (written.start <= read.start && read.end <= written.end) return true;
    }
  }
  return false;
}

/** All layers of a literal, innermost first. */
export function layersOf(format: Format, bytes: Buffer, literal: SiteLiteral): Iterable<Layer> {
  return layersIn(format.layer(bytes, literal), literal.isCommandLine);
}
