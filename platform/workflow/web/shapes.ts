import type { Reply } from '#web/client/reply.ts';

export type Vocabulary = Reply<'/api/workflow/vocabulary'>;
export type ProcessLine = Reply<'/api/workflow/processes'>['processes'][number];
export type Process = Reply<'/api/workflow/processes/{id}'>;
export type ProcessVersion = Process['versions'][number];
export type Lint = Reply<'/api/workflow/lint', 'post'>;
export type Finding = Lint['findings'][number];
export type Comparison = Reply<'/api/workflow/processes/{id}/compare'>;
export type Simulation = Reply<'/api/workflow/simulate', 'post'>;
export type StepTimes = Reply<'/api/workflow/processes/{id}/log'>;

export type TaskPage = Reply<'/api/workflow/tasks'>;
export type Task = TaskPage['tasks'][number];
export type TaskDetail = Reply<'/api/workflow/tasks/{id}'>;
export type Instance = Reply<'/api/workflow/instances/{id}'>;
export type MovePlan = Reply<'/api/workflow/processes/{id}/moves/plan', 'post'>;
export type Move = Reply<'/api/workflow/processes/{id}/moves'>['moves'][number];
