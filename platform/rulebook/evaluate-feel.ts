import { fromJson } from './dmn/types.ts';
import { type Json, toJson } from './dmn/to-json.ts';
import { type Compiled, compile } from './feel/evaluate.ts';
import { Names, normalName } from './feel/names.ts';
import { parseExpression } from './feel/parse.ts';
import { FeelSyntaxError } from './feel/reader.ts';
import { Scope, TooMuchWork } from './feel/scope.ts';

/** Expressions that stand in drawings and the like are few and asked often. */
const KEPT = 2_000;
const kept = new Map<string, Compiled>();

/**
 * Works out one FEEL expression (DMN 1.5 §10.3) outside a decision, as conditions of processes are. Names that are not known are null.
 *
 * @throws FeelSyntaxError where it is no FEEL; an error where it takes more work than any condition should.
 */
export function evaluateFeel(text: string, context: Readonly<Record<string, unknown>>): Json {
  const names = Object.keys(context);
  const key = `${text}\n${names.filter((name) => normalName(name).includes(' ')).join('\n')}`;
  let compiled = kept.get(key);
  if (!compiled) {
    compiled = compile(parseExpression(text, new Names(names)));
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, compiled);
  }
  const variables = new Map(names.map((name) => [normalName(name), fromJson(context[name])]));
  try {
    return toJson(compiled(new Scope({ variables })));
  } catch (error) {
    if (error instanceof TooMuchWork || error instanceof RangeError) throw new Error(`${text}: ${error.message}`);
    throw error;
  }
}

/** Why a text is no FEEL expression; undefined if it is one. */
export function feelFault(text: string): string | undefined {
  try {
    parseExpression(text, new Names());
    return undefined;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.message;
    throw error;
  }
}
