import { useTranslation } from 'react-i18next';
import type { ServiceProblem } from '../../main/providers/described/service.schema.ts';

/** What is wrong with a description, line by line. */
export function ProblemList({ problems }: { problems: readonly ServiceProblem[] }) {
  const { t } = useTranslation();
  return (
    <ul className="service-problems">
      {problems.map(({ line, field, message }) => (
        <li key={`${line} ${field} ${message}`}>
          {field === ''
            ? t('services.problemNoField', { line, message })
            : t('services.problem', { line, field, message })}
        </li>
      ))}
    </ul>
  );
}
