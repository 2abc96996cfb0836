import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Value, Values } from './engine/state.ts';

/** What a service task is given: ids and facts; everything else is read from the business row by `key`. */
export type Work = {
  app: string;
  instance: string;
  /** Id of the business row. */
  key: string;
  node: string;
  variables: Values;
};

/** What a handler gives back: values of declared variables, and a result that boundary and gateways may look at. */
export type WorkDone = { variables?: Values; outcome?: Value };

/**
 * A handler of service tasks (服务任务处理程序), named by `district:handler`. `run` works on the database of its own module: in the
 * transaction of the step where the module moves the instance itself, else in one right behind it. `call` may go outside and runs
 * as a job. Both are tried again when they fail; after the last try an incident is shown and a person may try again.
 */
export type ProcessHandler = { name: string; title: Text } & (
  | { run(context: { db: Db; work: Work }): Promise<WorkDone | void> }
  | {
      call(context: { services: Services; work: Work; attempt: number }): Promise<WorkDone | void>;
    }
);
export const processHandler = port<ProcessHandler>('workflow.handler');

/** A handler throws it where the business says no: boundary events of its task may catch it by code; it is not tried again. */
export class BusinessError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The handler that a task names: of the app of the instance, or of a capability below. */
export function handlerOf(
  services: Services,
  options: { app: string; name: string },
): { handler: ProcessHandler; module: string } | undefined {
  const found = services.registry
    .provided(processHandler)
    .filter(
      ({ value, module }) => value.name === options.name && (module.id === options.app || module.kind === 'capability'),
    );
  const own = found.find(({ module }) => module.id === options.app) ?? found[0];
  return own && { handler: own.value, module: own.module.id };
}
