import manifest from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };

/** A package of the app itself, not of its development. */
export interface ProductionPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX, as it says itself. */
  readonly license: string;
  /** From the folder of package.json. */
  readonly path: string;
}

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const packages: Readonly<Record<string, Locked>> = lock.packages;

/**
 * Every package that the app's dependencies bring with them, by the lock file.
 *
 * Found by walking it as Node looks for modules: npm's own `--omit=dev` leaves out what a development tool needs too.
 */
export function productionPackages(): ProductionPackage[] {
  const found = new Map<string, ProductionPackage>();
  const visit = (from: string, name: string): void => {
    const path = placeOf(name, from);
    if (found.has(path)) return;
    const { version = '', license = 'no licence', ...needs } = packages[path] ?? {};
    found.set(path, { name, version, license, path });
    for (const need of needsOf(needs)) visit(path, need);
  };
  for (const name of Object.keys(manifest.dependencies)) visit('', name);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function needsOf({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: Locked): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...Object.keys(dependencies), ...peers];
}

/** The `node_modules` in which a module at `from` finds another, the nearest first. */
function placeOf(name: string, from: string): string {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (path in packages) return path;
  if (from === '') throw new Error(`${name} is not in package-lock.json.`);
  return placeOf(name, from.slice(0, Math.max(from.lastIndexOf('/node_modules/'), 0)));
}
