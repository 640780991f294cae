import { RekeyError, systemCode } from '../../errors.ts';
import type { ServiceProblem } from './service.schema.ts';

/** So many problems are told in one sentence. */
const MOST_TOLD = 8;

/** A description that is not taken, or can't be taken away. */
export class ServiceError extends RekeyError<
  | 'service-invalid'
  | 'service-exists'
  | 'service-unknown'
  | 'service-in-use'
  | 'service-rotating'
  | 'service-unwritable'
> {}

/** "line 3, id: must be …" */
export function problemText({ line, field, message }: ServiceProblem): string {
  return field === '' ? `line ${line}: ${message}` : `line ${line}, ${field}: ${message}`;
}

export function problemsText(problems: readonly ServiceProblem[]): string {
  const told = problems.slice(0, MOST_TOLD).map(problemText);
  const more = problems.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

export function invalid(problems: readonly ServiceProblem[]): ServiceError {
  return new ServiceError(
    'service-invalid',
    `This is not a description of a service that Rekey can use: ${problemsText(problems)}. Nothing was stored.`,
    'Correct it there, and try again. The examples show how a description is written.',
  );
}

export function exists(name: string | null): ServiceError {
  return new ServiceError(
    'service-exists',
    `There is a description with the id of “${name}” already. Nothing was stored.`,
    'Give the new one another id, or say that it is to replace the other.',
  );
}

export function unknownService(): ServiceError {
  return new ServiceError(
    'service-unknown',
    'There is no described service of this id. Nothing was changed.',
    'See them with `rekey services`, or under Settings.',
  );
}

export function unwritable(file: string, cause: unknown): ServiceError {
  return new ServiceError(
    'service-unwritable',
    `Rekey can’t write its file ${file} (${systemCode(cause) ?? 'unknown reason'}). The description was not stored or removed.`,
    'Free some space, or mend the rights on its folder, then try again.',
    { cause },
  );
}
