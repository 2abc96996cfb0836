import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { UnreadableFile } from './studio-errors.ts';
import { type Model, processOf, readModel, UnreadableXml } from './read-model.ts';

/** Id of a process: that of its element in the file, and part of addresses. */
export const ProcessId = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 });
export const ProcessParams = Type.Object({ id: ProcessId });
/** Largest file that an editor keeps, in characters; a drawing of a hundred steps has some 60,000. */
export const Xml = Type.String({ minLength: 1, maxLength: 1_000_000 });

/** What is being worked on (草稿): one a process, apart from the versions that were published. */
export type Draft = {
  process: string;
  /** Module whose cases it is for. */
  app: string;
  name: string;
  unit: string;
  xml: string;
  revision: number;
  changedBy: string;
  changedByName: string;
  changedAt: Date;
  retired: boolean;
};

const DRAFT = sql`process, app, name, unit, xml, revision, changed_by as "changedBy", changed_by_name as "changedByName", changed_at as "changedAt", retired_at is not null as retired`;

export async function readDraft(db: Db, process: string): Promise<Draft> {
  const draft = await db.first<Draft>(sql`select ${DRAFT} from workflow.draft where process = ${process}`);
  if (!draft) throw NotFound.with();
  return draft;
}

/** The draft, held until the transaction ends, by somebody of the unit that answers for it. */
export async function holdDraft(db: Db, process: string): Promise<Draft> {
  const draft = await db.first<Draft>(
    sql`select ${DRAFT} from workflow.draft where process = ${process} and unit = ${db.actor.unit ?? ''} for update`,
  );
  if (!draft) throw NotFound.with();
  return draft;
}

/** The model of a file that somebody sent; a file that cannot be read is refused at its place. */
export async function modelOf(xml: string, pointer = '/xml'): Promise<Model> {
  try {
    return await readModel(xml);
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    const { line, column, message } = error;
    const at = line === undefined ? '' : `:${line}:${column}`;
    throw UnreadableFile.with({
      detail: {
        zh: line === undefined ? message : `第 ${line} 行第 ${column} 列：${message}`,
        en: line === undefined ? message : `line ${line}, column ${column}: ${message}`,
      },
      fields: [{ pointer: `${pointer}${at}`, rule: 'xml', message: UnreadableFile.title }],
      extra: { line, column },
    });
  }
}

/** Name of the process in a file whose process has the id that it is kept under. */
export function nameIn(model: Model, id: string): string {
  const process = processOf(model);
  if (process?.id === id) return process.name;
  throw UnreadableFile.with({
    detail: {
      zh: `文件里的流程编号是“${process?.id ?? '（没有）'}”，应为“${id}”`,
      en: `the process in the file is called “${process?.id ?? '(none)'}”, not “${id}”`,
    },
    fields: [{ pointer: '/xml', rule: 'process-id', message: UnreadableFile.title }],
  });
}
