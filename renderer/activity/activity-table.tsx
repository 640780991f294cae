import { useTranslation } from 'react-i18next';
import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import { rotationHref } from '../app/route.ts';
import { dateAndTime } from '../words/time.ts';
import { EndedPlaces } from './ended-places.tsx';
import { useEntryWords } from './use-entry-words.ts';

const COLUMNS = ['time', 'event', 'key', 'who', 'result'] as const;

/** What was done, one row for each entry, to be read down a column. @param entries newest first. */
export function ActivityTable({ entries }: { entries: readonly ActivityEntry[] }) {
  const { t } = useTranslation();
  return (
    // In a narrow window the table is wider than the page, and moves within this.
    // biome-ignore lint/a11y/useSemanticElements: a region by its role, since it is no part of the page's outline
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse moves it with the arrow keys
    <div className="panel table-box" role="region" aria-label={t('activity.table.label')} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`activity.table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.position} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry }: { entry: ActivityEntry }) {
  const { t, i18n } = useTranslation();
  const wordsOf = useEntryWords();
  const { at, kind, credential, rotationId, rotation } = entry;
  const { who, confirmed, more } = wordsOf(entry);
  return (
    <tr>
      <td className="table-time">
        <time dateTime={at}>{dateAndTime(at, i18n.language)}</time>
      </td>
      <th scope="row">
        {t(`activity.event.${kind}`)}
        {rotationId !== null && (
          <>
            <br />
            <a className="link small" href={rotationHref(rotationId)}>
              {t('activity.rotation')}
            </a>
          </>
        )}
      </th>
      <td>{credential}</td>
      <td>
        {who}
        {confirmed !== null && <p className="small muted">{confirmed}</p>}
      </td>
      <td className="table-result">
        {more}
        {rotation && <EndedPlaces rotation={rotation} />}
      </td>
    </tr>
  );
}
