/** Does something to each, so many at a time, in their order. */
export async function inLanes<T>(all: readonly T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const one of queue) await work(one);
    }),
  );
}
