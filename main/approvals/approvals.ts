import { randomUUID } from 'node:crypto';
import type { ErrorView } from '../errors.ts';
import type { Plan } from '../rotation/plan.schema.ts';
import type { Approval, Approver, Requester } from './approval.schema.ts';
import { ApprovalError, restartRefused, unknownApproval } from './errors.ts';

/** How long a confirmation is valid, in milliseconds. */
export const APPROVAL_WINDOW_MS = 120_000;

/** How much longer it is for each further one that is confirmed with it, and at most. */
const FURTHER_MS = 10_000;
const LONGEST_WINDOW_MS = 600_000;

/** Decided approvals that are kept for whoever asks how it ended. */
const KEPT = 200;

/** Several that wait for one confirmation. */
export interface Together {
  readonly batch: string;
  readonly size: number;
}

/** What the person chose beside their yes. */
export interface Choices {
  readonly giveKeyToClient?: boolean | undefined;
  /** Ids of hosts that Rekey may quit and start again. */
  readonly restartHosts?: readonly string[] | undefined;
  /** One of the plan's choices. */
  readonly graceMinutes?: number | undefined;
}

interface Options {
  readonly now: () => Date;
  readonly onChange: (approval: Approval) => void;
  readonly windowMs?: number;
}

/** What waits for a person, and from whom it came. Each can be decided once, within its time. In memory only. */
export class Approvals {
  readonly #entries = new Map<string, { approval: Approval; timer: NodeJS.Timeout }>();
  readonly #now: () => Date;
  readonly #onChange: (approval: Approval) => void;
  readonly #windowMs: number;

  constructor({ now, onChange, windowMs = APPROVAL_WINDOW_MS }: Options) {
    this.#now = now;
    this.#onChange = onChange;
    this.#windowMs = windowMs;
  }

  /**
   * Puts a plan before the person.
   *
   * One may wait per key. A person's own request takes the place of one that an agent or a script left waiting, so
   * that no program can keep its user from rotating.
   * @throws {ApprovalError} `approval-already-waiting`.
   */
  ask(plan: Plan, requester: Requester, together: Together | null = null): Approval {
    const waiting = this.list().find((other) => other.state === 'waiting' && sameKey(other.plan, plan));
    if (waiting) {
      if (!takesThePlaceOf(requester, waiting.requester)) {
        throw new ApprovalError(
          'approval-already-waiting',
          `A rotation of “${plan.target.name}” already waits for a confirmation. Nothing was changed.`,
          'Confirm or deny that one in Rekey first.',
        );
      }
      this.#decide(waiting.id, 'withdrawn', null, { problem: gaveWay(plan).view });
    }
    const created = this.#now();
    const windowMs = this.#windowFor(together?.size ?? 1);
    const approval: Approval = {
      id: randomUUID(),
      batch: together?.batch ?? null,
      requester,
      plan,
      createdAt: created.toISOString(),
      expiresAt: new Date(created.getTime() + windowMs).toISOString(),
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      giveKeyToClient: false,
      restartHosts: [],
      graceMinutes: plan.grace?.default ?? null,
      rotationId: null,
      problem: null,
    };
    const timer = setTimeout(() => this.#decide(approval.id, 'expired', null), windowMs);
    this.#entries.set(approval.id, { approval, timer });
    this.#forgetOldest();
    this.#onChange(approval);
    return approval;
  }

  /** Newest first. */
  list(): Approval[] {
    return [...this.#entries.values()].map((entry) => entry.approval).reverse();
  }

  /** @throws {ApprovalError} `approval-unknown`. */
  get(id: string): Approval {
    const entry = this.#entries.get(id);
    if (!entry) throw unknownApproval();
    return entry.approval;
  }

  /**
   * The person said yes to exactly the plan that they saw.
   * @throws {ApprovalError} `approval-decided` (also when its time is over), `approval-plan-changed`,
   * `approval-restart-refused`, `approval-grace-refused`.
   */
  approve(id: string, planHash: string, by: Approver, choices: Choices = {}): Approval {
    const { plan } = this.#waiting(id);
    if (plan.hash !== planHash) {
      throw new ApprovalError(
        'approval-plan-changed',
        'What was confirmed is not what would be done. Nothing was changed.',
        'Look at the plan again and confirm that one.',
      );
    }
    const restartHosts = [...new Set(choices.restartHosts)];
    if (!restartHosts.every((host) => mayRestart(plan, host))) {
      throw restartRefused();
    }
    const graceMinutes = choices.graceMinutes ?? plan.grace?.default ?? null;
    if (graceMinutes !== null && !plan.grace?.choices.includes(graceMinutes)) {
      throw new ApprovalError(
        'approval-grace-refused',
        'The old key can’t be kept for that long. Nothing was changed; the request still waits.',
        plan.grace ? `Choose one of: ${plan.grace.choices.join(', ')} minutes.` : 'Leave that choice out.',
      );
    }
    const giveKeyToClient = choices.giveKeyToClient ?? false;
    return this.#decide(id, 'approved', by, { giveKeyToClient, restartHosts, graceMinutes });
  }

  deny(id: string, by: Approver | null): Approval {
    this.#waiting(id);
    return this.#decide(id, 'denied', by);
  }

  /** The asker takes it back. */
  withdraw(id: string): Approval {
    this.#waiting(id);
    return this.#decide(id, 'withdrawn', null);
  }

  /** Notes the rotation that came of an approval. */
  attach(id: string, rotationId: string): Approval {
    return this.#replace(id, { rotationId });
  }

  /** It was approved, and its rotation could not begin. Whoever waits for that is told at once. */
  fail(id: string, problem: ErrorView): Approval {
    return this.#replace(id, { state: 'failed', problem });
  }

  /** Withdraws what waits: the app ends. */
  close(): void {
    for (const approval of this.list()) {
      if (approval.state === 'waiting') this.#decide(approval.id, 'withdrawn', null);
    }
  }

  #windowFor(size: number): number {
    const most = Math.max(this.#windowMs, LONGEST_WINDOW_MS);
    return Math.min(this.#windowMs + (size - 1) * FURTHER_MS, most);
  }

  #waiting(id: string): Approval {
    const approval = this.get(id);
    if (approval.state === 'waiting' && this.#now() >= new Date(approval.expiresAt)) this.#decide(id, 'expired', null);
    const { state } = this.get(id);
    if (state !== 'waiting') {
      throw new ApprovalError(
        'approval-decided',
        `This request can't be decided any more: it was ${state}.`,
        'Ask for the rotation again if it is still wanted.',
      );
    }
    return approval;
  }

  #decide(id: string, state: Approval['state'], by: Approver | null, choices: Partial<Approval> = {}): Approval {
    clearTimeout(this.#entries.get(id)?.timer);
    return this.#replace(id, { ...choices, state, decidedBy: by, decidedAt: this.#now().toISOString() });
  }

  #replace(id: string, change: Partial<Approval>): Approval {
    const entry = this.#entries.get(id);
    const approval = { ...this.get(id), ...change };
    if (entry) entry.approval = approval;
    this.#onChange(approval);
    return approval;
  }

  #forgetOldest(): void {
    for (const [id, { approval }] of this.#entries) {
      if (this.#entries.size <= KEPT) return;
      if (approval.state !== 'waiting') this.#entries.delete(id);
    }
  }
}

function gaveWay({ target }: Plan): ApprovalError {
  return new ApprovalError(
    'approval-replaced',
    `The person has asked for a rotation of “${target.name}” themselves; this request gave way to theirs. Nothing was changed by it.`,
    'See how theirs ends before you ask again.',
  );
}

function mayRestart({ hosts }: Plan, hostId: string): boolean {
  return hosts.some(({ id, running, isDesktopApp }) => id === hostId && running === true && isDesktopApp);
}

/** A program's request never pushes out a person's, and an agent's pushes out nobody's. */
function takesThePlaceOf(asking: Requester, waiting: Requester): boolean {
  if (asking.via === 'tray' || asking.via === 'page') return true;
  return asking.via === 'command-line' && waiting.via === 'agent';
}

/** Whether both would replace the same key: the same credential, or the same agent of it. */
function sameKey(one: Plan, other: Plan): boolean {
  return one.credential.id === other.credential.id && one.agentId === other.agentId;
}
