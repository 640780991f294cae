import { useTranslation } from 'react-i18next';
import type { ServiceProblem } from '../../main/providers/described/service.schema.ts';
import { useSentence } from '../words/sentence.ts';

/** What is wrong with a description, line by line. */
export function ProblemList({ problems }: { problems: readonly ServiceProblem[] }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <ul className="service-problems">
      {problems.map(({ line, field, message }) => (
        <li key={`${line} ${field} ${message}`}>
          {field === ''
            ? t('services.problemNoField', { line, message: sentence(message) })
            : t('services.problem', { line, field, message: sentence(message) })}
        </li>
      ))}
    </ul>
  );
}
