import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';

type PracticeCalls = Pick<
  Handlers,
  'getPractice' | 'startPractice' | 'endPracticeTrouble' | 'endPractice' | 'callPractice'
>;

export function practiceHandlers({ practice }: CallParts): PracticeCalls {
  return {
    getPractice: async () => ({ practice: await practice.view() }),
    startPractice: ({ trouble }) => practice.start(trouble),
    endPracticeTrouble: () => practice.endTrouble(),
    async endPractice() {
      await practice.end();
      return {};
    },
    callPractice: async ({ name, input }) => ({ answer: await practice.call(name, input) }),
  };
}
