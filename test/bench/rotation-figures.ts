import { covered, type Span } from './spans.ts';

/** How long the stages of a rotation took, the service's time and the deliberate wait left out; they add up to all of it. */
export const STAGES = ['preflight', 'request and receipt', 'keychain and index', 'files', 'look again'] as const;
export type Stage = (typeof STAGES)[number];

/** Parts that are under way beside each other and beside the rest. */
export const PARTS = ['keychain', 'journal', 'backups', 'list of processes'] as const;
export type Part = (typeof PARTS)[number];

/** The moments of one rotation, in milliseconds of one clock. */
export interface Moments {
  readonly approved: number;
  readonly preflighted: number;
  /** The answer lies sealed on disk. */
  readonly answered: number;
  readonly verified: number;
  readonly promoted: number;
  readonly patched: number;
  readonly ended: number;
  /** When the service ended the old key. */
  readonly died: number;
  /** When the new version of each file was put in its place. */
  readonly renamed: readonly number[];
}

/** All in milliseconds. */
export interface Figures {
  /** From the approval to the end, without the two below. */
  readonly local: number;
  readonly atService: number;
  /** The pause before the files are looked at again, which is meant to be one. */
  readonly waited: number;
  readonly stages: Readonly<Record<Stage, number>>;
  readonly parts: Readonly<Record<Part, number>>;
  /** For each file, how long the dead key stood in it, without the service's time. */
  readonly exposed: readonly number[];
  /** What the service took of that for its answers: to the request and to the question about the new key. */
  readonly exposedAtService: number;
}

/**
 * The figures of one rotation.
 * @param spans when the service had a request, and when each part was under way.
 * @param pauseMs the pause before the second look; what is done in it is waited for by nobody, and what takes longer counts.
 */
export function figuresOf(
  moments: Moments,
  spans: { readonly service: readonly Span[]; readonly parts: Readonly<Record<Part, readonly Span[]>> },
  pauseMs: number,
): Figures {
  const { approved, preflighted, answered, promoted, patched, ended, died, renamed } = moments;
  const pause: Span = [patched, Math.min(patched + pauseMs, ended)];
  const local = (window: Span): number => window[1] - window[0] - covered([...spans.service, pause], window);
  const whole: Span = [approved, ended];
  const inFlight = (part: Part): number => {
    const outside: Span[] = [pause];
    return covered([...spans.parts[part], ...outside], whole) - covered(outside, whole);
  };
  const windows: Record<Stage, Span> = {
    preflight: [approved, preflighted],
    'request and receipt': [preflighted, answered],
    'keychain and index': [answered, promoted],
    files: [promoted, patched],
    'look again': [patched, ended],
  };
  return {
    local: local(whole),
    atService: covered(spans.service, whole),
    waited: pause[1] - pause[0],
    stages: mapped(STAGES, (stage) => local(windows[stage])),
    parts: mapped(PARTS, inFlight),
    exposed: renamed.map((at) => local([died, at])),
    exposedAtService: covered(spans.service, [died, promoted]),
  };
}

function mapped<K extends string>(names: readonly K[], of: (name: K) => number): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, number>; // one entry for each name
}
