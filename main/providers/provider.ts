import type { Secret } from '../credentials/secret.ts';
import type { Machine } from '../machine.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { Consequence, Grace, SettingField, Strategy } from './provider.schema.ts';

/** Whose key is meant and where the service is: all that a request needs but for the key. */
export interface Subject {
  readonly baseUrl: URL;
  /** Kind of the key that *authenticates* (`operator`, `agent`), where the provider has several. */
  readonly kind: string | null;
  /** The credential's own, and what the service has told of the key just before the rotation. */
  readonly settings: Readonly<Record<string, string>>;
  /** The agent whose key is to be rotated, where that is not the authenticating key's own. */
  readonly agentId: string | null;
}

/** Unique per rotation; the same again would be the same rotation. */
export interface Attempt {
  readonly idempotencyKey: string;
  readonly now: Date;
  /** Name for the new key where the service names keys: it tells the key of this very rotation from all others. */
  readonly name: string;
  /** How long the old key is to work on, where {@link Provider.grace} offers that. */
  readonly graceMinutes: number;
}

export type RotationReading =
  | {
      readonly outcome: 'rotated';
      readonly key: Secret;
      /** Further secrets that came along, by companion name. */
      readonly companions: Readonly<Record<string, Secret>>;
      readonly cooldown: { readonly what: string; readonly until: Date } | null;
      /** The new key's id at the service, by which it can be revoked. */
      readonly keyId?: string | null;
      /** Settings of the credential that change with its key (`token_id`). Never secret. */
      readonly settings?: Readonly<Record<string, string>>;
      /** Until when the service lets the old key work on. */
      readonly oldKeyWorksUntil?: Date | null;
    }
  /** The service said no in a documented form; `message` is the service's own, with keys masked. */
  | { readonly outcome: 'declined'; readonly code: string; readonly message: string }
  /** Anything else: ask the service with the old key before saying what happened. */
  | { readonly outcome: 'in-doubt'; readonly reason: string };

export type VerificationReading =
  | { readonly state: 'accepted'; readonly account: string | null; readonly settings: Readonly<Record<string, string>> }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** A field in a provider's own credentials file that holds a key. */
export interface Slot {
  readonly path: readonly string[];
  /** Kind of key that stands there, null where there is only one kind. */
  readonly kind: string | null;
  /** Field beside it that names whose key it is (`["agent","id"]`), if there is one. */
  readonly ownerPath: readonly string[] | null;
}

export interface CredentialsFile {
  readonly path: string;
  readonly slots: readonly Slot[];
}

/** One of an account's keys as the service lists it. */
export interface ListedKey {
  readonly id: string;
  readonly name: string;
  /** What a new key in the place of this one is to be like (`limit`): settings for {@link Provider.rotationRequest}. */
  readonly settings: Readonly<Record<string, string>>;
  /** As much of the key as the service shows (`sk-or-v1-0e6…1c96`), or null. */
  readonly masked: string | null;
}

/** A part of the list, and where the next one begins (null: it was the last). */
export interface KeyList {
  readonly keys: readonly ListedKey[];
  readonly next: string | null;
}

/** What a service of the overlap strategy can do beside making a key. Pure, as the provider. */
export interface Overlap {
  /** @param from what the part before gave as `next`. */
  listRequest(subject: Subject, key: Secret, from: string | null): HttpRequest;
  /** Never throws. Null when it is something else than a list. @param from as in the request, where the answer doesn't say. */
  readList(subject: Subject, answer: HttpAnswer, from?: string | null): KeyList | null;
  /**
   * Which of the listed keys is this one, or null when that can't be told for sure.
   * @param subject of the key itself, with the settings that the person gave (`key_name`).
   */
  idOf(subject: Subject, key: Secret, listed: readonly ListedKey[]): string | null;
  /** What the person can do when {@link idOf} gives null: "Give the name of this key at Resend". */
  readonly idHint: string;
  /** May be sent again: a key that is gone stays gone. */
  revokeRequest(subject: Subject, key: Secret, id: string): HttpRequest;
  /** Never throws. `gone`: there is no key of this id any more. */
  readRevocation(
    subject: Subject,
    answer: HttpAnswer,
  ): { readonly state: 'revoked' | 'gone' } | { readonly state: 'failed'; readonly reason: string };
}

/**
 * One service and how it rotates. Everything here is pure: a provider describes the request and reads the answer; the
 * rotation sends it, once, and seals the answer before it lets anyone read it.
 */
export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly strategy: Strategy;
  /** Where a person makes and revokes keys by hand. */
  readonly keysPage: string;
  /** The first is the default. */
  readonly baseUrls: readonly [string, ...string[]];
  /** The first is the usual one. */
  readonly envNames: readonly [string, ...string[]];
  /** Further secrets that the service may hand out with a key, and the variables they stand in. */
  readonly companions: readonly { readonly name: string; readonly envName: string }[];
  /** Public beginnings of keys (`sk-live-`), the only characters of a key that are ever shown. */
  readonly keyPrefixes: readonly string[];
  readonly keyPattern: RegExp;
  /** The pattern in words for a person: "starts with sk-live-". */
  readonly keyHint: string;
  readonly settings: readonly SettingField[];
  /** Whether a key can be asked about at all; without, it counts as unknown. */
  readonly verifies: boolean;
  /** For how long the old key may go on working, where the person can choose that. */
  readonly grace: Grace | null;
  /** With the strategy `overlap`, and only then. */
  readonly overlap: Overlap | null;
  /** How long a *verification* of a fresh key is tried again, in seconds. */
  readonly verifyPatienceSeconds: number;

  /** Name or id of the credential whose key asks for a new one in the place of this key; null: the key does it itself. */
  managerOf(settings: Subject['settings']): string | null;
  /** What kind of key this is, null where the provider has only one. */
  kindOf(key: Secret): string | null;
  /** Whether the rotation gives a new key to someone else (an operator's agent) and leaves the authenticating key alone. */
  rotatesAnother(subject: Subject): boolean;
  /** Where {@link Provider.rotatesAnother}: the subject whose key is replaced, with its own kind and settings (`agent_id`). */
  otherSubject(subject: Subject): Subject;
  credentialsFiles(machine: Machine): readonly CredentialsFile[];
  /** @throws {ProviderError} `agent-id-required` and the like, before anything is sent. */
  consequences(subject: Subject): readonly Consequence[];
  /** Not asked of the strategy `manual`. @throws {ProviderError} as {@link Provider.consequences}. */
  rotationRequest(subject: Subject, key: Secret, attempt: Attempt): HttpRequest;
  /**
   * Never throws, whatever came.
   *
   * @param known keys that can't be the new one: the one that was sent, and the old one where that is another's. A
   * service's words are shown without them, too.
   */
  readRotation(subject: Subject, answer: HttpAnswer, attempt: Attempt, known: readonly Secret[]): RotationReading;
  /** Only asked where it {@link verifies}. */
  verificationRequest(subject: Subject, key: Secret): HttpRequest;
  /** Never throws. `refused` is said only where the service itself has spoken: it can end a rotation as *lost*. */
  readVerification(subject: Subject, answer: HttpAnswer): VerificationReading;
}
