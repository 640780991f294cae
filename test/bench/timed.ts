import type { Span } from './spans.ts';

/** Does the same as `object`, and notes from when to when each of its asynchronous methods was under way. */
export function timed<T extends object>(object: T, note: (span: Span) => void): T {
  return new Proxy(object, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? timedFunction(value.bind(target), note) : value;
    },
  });
}

type Method = (...args: readonly unknown[]) => unknown;

function timedFunction(method: Method, note: (span: Span) => void): Method {
  return (...args) => {
    const from = performance.now();
    const result = method(...args);
    // `keeper` gives the function that does the work.
    if (typeof result === 'function') return timedFunction(result as Method, note); // a method of ours, so a function like it
    if (result instanceof Promise) {
      const ended = (): void => note([from, performance.now()]);
      result.then(ended, ended);
    }
    return result;
  };
}
