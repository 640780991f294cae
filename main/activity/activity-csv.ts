import type { Activity, EndedRotation } from './activity.schema.ts';
import { csv } from './csv.ts';

/** One line of the table, by column; a column without a word is empty. */
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

const COLUMNS = [
  'at',
  'event',
  'credential',
  'who',
  'asked_via',
  'asked_program',
  'asked_client',
  'approver',
  'detail',
  'rotation_id',
  'provider',
  'way',
  'strategy',
  'started_at',
  'ended_at',
  'outcome',
  'old_fingerprint',
  'new_fingerprint',
  'owner',
  'file',
  'server',
  'line',
  'site_state',
  'problem',
  'restarts',
  'old_key',
] as const;

/**
 * The activity as a table with a header: one row for each place of a rotation that has ended, one for every other entry.
 * Pure.
 */
export function activityCsv(entries: readonly Activity[]): string {
  const rows = entries.flatMap(rowsOf);
  return csv([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => String(row[column] ?? '')))]);
}

function rowsOf(entry: Activity): Row[] {
  const { at, kind, credential, who, by, detail, rotationId, rotation } = entry;
  const client = by?.client ? `${by.client.name} ${by.client.version}` : null;
  const common: Row = {
    at,
    event: kind,
    credential,
    who,
    asked_via: by?.via ?? null,
    asked_program: by?.program ?? null,
    asked_client: client,
    approver: by?.approver ?? null,
    detail,
    rotation_id: rotationId,
    ...(rotation && rotationColumns(rotation)),
  };
  if (!rotation || rotation.sites.length === 0) return [common];
  return rotation.sites.map(({ owner, file, server, line, state, problem }) => ({
    ...common,
    owner,
    file,
    server,
    line,
    site_state: state,
    problem,
  }));
}

function rotationColumns(rotation: EndedRotation): Row {
  const { provider, way, strategy, startedAt, endedAt, outcome, restarts, revocation } = rotation;
  return {
    provider,
    way,
    strategy,
    started_at: startedAt,
    ended_at: endedAt,
    outcome,
    old_fingerprint: rotation.oldFingerprint,
    new_fingerprint: rotation.newFingerprint,
    restarts: restarts.map(({ host, state }) => `${host}: ${state}`).join('; '),
    old_key: revocation && `${revocation.state} by ${revocation.by}`,
  };
}
