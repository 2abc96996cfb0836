import type { Geometry } from 'geojson';
import { ident } from '#platform/kernel/db.ts';
import { join, json, type Sql, sql } from '#platform/kernel/sql.ts';
import { boxIn, type Crs, fromCrs } from '../crs.ts';
import { geometryFaults } from '../geojson.ts';
import { type Expression, FilterFault } from './expression.ts';
import type { Queryable, ValueType } from './queryables.ts';

type Typed = { type: ValueType; sql: Sql; literal?: unknown };
type Interval = { from: Sql; to: Sql };

/** What an expression may name and how its coordinates are to be read. */
export type Scope = { queryables: readonly Queryable[]; crs: Crs };

/**
 * Turns a CQL2 expression into the condition of a `where`. Everything that the caller wrote becomes a parameter, never
 * text of the statement. Types are checked first, so that what cannot be compared is refused with its name instead of
 * failing in the database. Throws FilterFault.
 */
export function compileFilter(filter: Expression, scope: Scope): Sql {
  return compiler(scope).condition(filter);
}

const COMPARISONS: Record<string, Sql> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '>': sql`>`,
  '<=': sql`<=`,
  '>=': sql`>=`,
};

const SPATIAL: Record<string, (a: Sql, b: Sql) => Sql> = {
  s_intersects: (a, b) => sql`ST_Intersects(${a}, ${b})`,
  s_disjoint: (a, b) => sql`not ST_Intersects(${a}, ${b})`,
  s_equals: (a, b) => sql`ST_Equals(${a}, ${b})`,
  s_touches: (a, b) => sql`ST_Touches(${a}, ${b})`,
  s_within: (a, b) => sql`ST_Within(${a}, ${b})`,
  s_overlaps: (a, b) => sql`ST_Overlaps(${a}, ${b})`,
  s_crosses: (a, b) => sql`ST_Crosses(${a}, ${b})`,
  s_contains: (a, b) => sql`ST_Contains(${a}, ${b})`,
};

/** Allen's relations of two periods (OGC 21-065r2, 7.5); an instant is a period that ends where it starts. */
const TEMPORAL: Record<string, (a: Interval, b: Interval) => Sql> = {
  t_after: (a, b) => sql`${a.from} > ${b.to}`,
  t_before: (a, b) => sql`${a.to} < ${b.from}`,
  t_contains: (a, b) => sql`${a.from} < ${b.from} and ${a.to} > ${b.to}`,
  t_disjoint: (a, b) => sql`${a.to} < ${b.from} or ${a.from} > ${b.to}`,
  t_during: (a, b) => sql`${a.from} > ${b.from} and ${a.to} < ${b.to}`,
  t_equals: (a, b) => sql`${a.from} = ${b.from} and ${a.to} = ${b.to}`,
  t_finishedBy: (a, b) => sql`${a.from} < ${b.from} and ${a.to} = ${b.to}`,
  t_finishes: (a, b) => sql`${a.from} > ${b.from} and ${a.to} = ${b.to}`,
  t_intersects: (a, b) => sql`${a.from} <= ${b.to} and ${a.to} >= ${b.from}`,
  t_meets: (a, b) => sql`${a.to} = ${b.from}`,
  t_metBy: (a, b) => sql`${a.from} = ${b.to}`,
  t_overlappedBy: (a, b) => sql`${a.from} > ${b.from} and ${a.from} < ${b.to} and ${a.to} > ${b.to}`,
  t_overlaps: (a, b) => sql`${a.from} < ${b.from} and ${a.to} > ${b.from} and ${a.to} < ${b.to}`,
  t_startedBy: (a, b) => sql`${a.from} = ${b.from} and ${a.to} > ${b.to}`,
  t_starts: (a, b) => sql`${a.from} = ${b.from} and ${a.to} < ${b.to}`,
};

const ARITHMETIC: Record<string, (a: Sql, b: Sql) => Sql> = {
  '+': (a, b) => sql`(${a} + ${b})`,
  '-': (a, b) => sql`(${a} - ${b})`,
  '*': (a, b) => sql`(${a} * ${b})`,
  // Division by zero has no value: the row does not match instead of the whole request failing.
  '/': (a, b) => sql`(${a} / nullif(${b}, 0))`,
  '%': (a, b) => sql`mod((${a})::numeric, nullif((${b})::numeric, 0))::float8`,
  div: (a, b) => sql`trunc(${a} / nullif(${b}, 0))`,
  '^': (a, b) => sql`power(${a}, ${b})`,
};

const ARRAYS: Record<string, (a: Sql, b: Sql) => Sql> = {
  a_equals: (a, b) => sql`(${a} @> ${b} and ${b} @> ${a})`,
  a_contains: (a, b) => sql`${a} @> ${b}`,
  a_containedBy: (a, b) => sql`${b} @> ${a}`,
  a_overlaps: (a, b) => sql`exists (select from jsonb_array_elements(${a}) x where ${b} @> jsonb_build_array(x))`,
};

const fault = (zh: string, en: string) => new FilterFault({ zh, en });
const isCall = (node: Expression): node is { op: string; args: readonly Expression[] } =>
  typeof node === 'object' && 'op' in node;

function compiler({ queryables, crs }: Scope) {
  const byName = new Map(queryables.map((queryable) => [queryable.name, queryable]));

  function condition(node: Expression): Sql {
    const made = value(node);
    if (made.type !== 'boolean') throw fault('这里应为条件', 'a condition is needed here');
    return made.sql;
  }

  function value(node: Expression): Typed {
    if (typeof node === 'string') return { type: 'text', sql: sql`${node}::text`, literal: node };
    if (typeof node === 'number') return { type: 'number', sql: sql`${node}::float8`, literal: node };
    if (typeof node === 'boolean') return { type: 'boolean', sql: sql`${node}::boolean`, literal: node };
    if (isCall(node)) return call(node);
    if (Array.isArray(node)) return array(node as readonly Expression[]);
    if ('property' in node) return property(node.property);
    if ('date' in node) return { type: 'date', sql: sql`${dateText(node.date)}::text::date`, literal: node.date };
    if ('timestamp' in node) {
      return {
        type: 'timestamp',
        sql: sql`${timestampText(node.timestamp)}::text::timestamptz`,
        literal: node.timestamp,
      };
    }
    if ('bbox' in node && !('type' in node)) return { type: 'geometry', sql: box(node.bbox), literal: 'BBOX' };
    if ('interval' in node) throw fault('区间只能用于时间函数', 'an interval stands in temporal functions only');
    return geometry(node as Geometry);
  }

  function property(name: string): Typed {
    const found = byName.get(name);
    if (!found) {
      const names = queryables.map((queryable) => queryable.name).join(', ');
      throw fault(`没有属性 ${name}；可用：${names}`, `there is no property ${name}; there are ${names}`);
    }
    const column = ident(found.column);
    const cast: Partial<Record<ValueType, Sql>> = {
      text: sql`${column}::text`,
      number: sql`${column}::float8`,
      date: sql`${column}::date`,
      timestamp: sql`${column}::timestamptz`,
      array: sql`to_jsonb(${column})`,
    };
    return { type: found.type, sql: cast[found.type] ?? column };
  }

  function call({ op, args }: { op: string; args: readonly Expression[] }): Typed {
    const boolean = (made: Sql): Typed => ({ type: 'boolean', sql: sql`(${made})` });
    if (op === 'and' || op === 'or') {
      if (args.length < 2) throw fault(`${op} 需要两个以上的条件`, `${op} needs two or more conditions`);
      return boolean(join(args.map(condition), ` ${op} `));
    }
    if (op === 'not') return boolean(sql`not ${condition(one(op, args))}`);
    if (op === 'isNull') return boolean(sql`${value(one(op, args)).sql} is null`);
    if (Object.hasOwn(COMPARISONS, op)) return boolean(comparison(op, args));
    if (op === 'like') return boolean(like(args));
    if (op === 'between') return boolean(between(args));
    if (op === 'in') return boolean(within(args));
    if (op === 'casei' || op === 'accenti') return folded(op, one(op, args));
    if (Object.hasOwn(ARITHMETIC, op)) {
      const [a, b] = two(op, args).map((part) => numeric(part));
      return { type: 'number', sql: (ARITHMETIC[op] as (a: Sql, b: Sql) => Sql)(a as Sql, b as Sql) };
    }
    if (Object.hasOwn(SPATIAL, op)) return boolean(spatial(op, args));
    if (Object.hasOwn(TEMPORAL, op)) {
      const [a, b] = two(op, args).map(period) as [Interval, Interval];
      return boolean((TEMPORAL[op] as (a: Interval, b: Interval) => Sql)(a, b));
    }
    if (Object.hasOwn(ARRAYS, op)) {
      const [a, b] = two(op, args).map((part) => {
        const made = value(part);
        if (made.type !== 'array') throw fault(`${op} 需要数组`, `${op} needs arrays`);
        return made.sql;
      });
      return boolean((ARRAYS[op] as (a: Sql, b: Sql) => Sql)(a as Sql, b as Sql));
    }
    throw fault(`没有函数 ${op}`, `there is no function ${op}`);
  }

  function comparison(op: string, args: readonly Expression[]): Sql {
    const [a, b] = two(op, args).map(value) as [Typed, Typed];
    const operator = COMPARISONS[op] as Sql;
    if (isTime(a) && isTime(b) && a.type !== b.type) return sql`${instant(a)} ${operator} ${instant(b)}`;
    sameType(a, b);
    if (a.type === 'geometry' || a.type === 'array')
      throw fault('几何和数组请用对应的函数比较', 'geometries and arrays are compared by their functions');
    return sql`${a.sql} ${operator} ${b.sql}`;
  }

  function like(args: readonly Expression[]): Sql {
    const [a, b] = two('like', args).map(value) as [Typed, Typed];
    if (a.type !== 'text' || b.type !== 'text') throw fault('LIKE 只比较文字', 'LIKE compares text only');
    return sql`${a.sql} like ${b.sql}`;
  }

  function between(args: readonly Expression[]): Sql {
    if (args.length !== 3) throw fault('BETWEEN 需要三个数', 'BETWEEN needs three numbers');
    const [at, low, high] = args.map(numeric);
    return sql`${at} between ${low} and ${high}`;
  }

  function within(args: readonly Expression[]): Sql {
    const [subject, list] = two('in', args);
    if (!Array.isArray(list) || list.length === 0) throw fault('IN 需要一个清单', 'IN needs a list');
    const a = value(subject as Expression);
    // The abstract tests write times of a list as plain text.
    const items = (list as readonly Expression[]).map((item) => {
      if (typeof item === 'string' && isTime(a)) return value(a.type === 'date' ? { date: item } : { timestamp: item });
      return value(item);
    });
    for (const item of items) sameType(a, item);
    return sql`${a.sql} in (${join(items.map((item) => item.sql))})`;
  }

  function folded(op: 'casei' | 'accenti', part: Expression): Typed {
    const made = value(part);
    if (made.type !== 'text') throw fault(`${op} 只用于文字`, `${op} is for text`);
    if (op === 'casei') return { type: 'text', sql: sql`lower(${made.sql})` };
    // Letters are taken apart from their marks (Unicode NFD) and the marks dropped.
    const plain = sql`normalize(regexp_replace(normalize(${made.sql}, NFD), '[\u0300-\u036f]', '', 'g'), NFC)`;
    return { type: 'text', sql: plain };
  }

  function spatial(op: string, args: readonly Expression[]): Sql {
    const [a, b] = two(op, args).map((part) => {
      const made = value(part);
      if (made.type !== 'geometry') throw fault(`${op} 需要几何`, `${op} needs geometries`);
      if (made.literal === 'GeometryCollection' && op !== 's_intersects' && op !== 's_disjoint')
        throw fault(`${op} 不支持几何集合`, `${op} is not offered for geometry collections`);
      return made.sql;
    });
    return (SPATIAL[op] as (a: Sql, b: Sql) => Sql)(a as Sql, b as Sql);
  }

  function geometry(given: Geometry): Typed {
    // The limits that `geometryFaults` asks for are those of degrees, longitude first.
    const eastFirst = crs.degrees && crs.northFirst ? flipped(given) : given;
    const first = geometryFaults(eastFirst).find(({ code }) => crs.degrees || code !== 'RANGE');
    if (first)
      throw fault(`几何有误：${first.path}（${first.code}）`, `faulty geometry: ${first.path} (${first.code})`);
    const made = fromCrs(sql`ST_SetSRID(ST_Force2D(ST_GeomFromGeoJSON(${json(given)}::text)), 0)`, crs);
    return { type: 'geometry', sql: sql`ST_MakeValid(${made})`, literal: given.type };
  }

  function box(numbers: readonly number[]): Sql {
    const flat = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
    const [a, b, c, d] = flat as [number, number, number, number];
    if (flat.length !== 4 || !flat.every(Number.isFinite))
      throw fault('BBOX 需要四个或六个数', 'BBOX needs four or six numbers');
    const [west, south, east, north] = crs.northFirst ? [b, a, d, c] : [a, b, c, d];
    const inRange = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
    if (crs.degrees && !inRange) throw fault('BBOX 超出经纬度范围', 'BBOX lies outside longitude and latitude');
    if (south > north || (!crs.degrees && west > east))
      throw fault('BBOX 的下限大于上限', 'a lower bound of BBOX lies above the upper one');
    const overAntimeridian = crs.degrees && (crs.northFirst ? b > d : a > c);
    if (!overAntimeridian) return boxIn([a, b, c, d], crs);
    const [left, right] = crs.northFirst
      ? [
          [a, b, c, 180],
          [a, -180, c, d],
        ]
      : [
          [a, b, 180, d],
          [-180, b, c, d],
        ];
    return sql`ST_Union(${boxIn(left as [number, number, number, number], crs)}, ${boxIn(right as [number, number, number, number], crs)})`;
  }

  function array(items: readonly Expression[]): Typed {
    const plain = items.map((item) => {
      if (typeof item === 'object')
        throw fault('数组只能含文字、数和真假', 'arrays hold text, numbers and booleans only');
      return item;
    });
    return { type: 'array', sql: sql`${json(plain)}::text::jsonb` };
  }

  function numeric(part: Expression): Sql {
    const made = value(part);
    if (made.type !== 'number') throw fault('这里应为数', 'a number is needed here');
    return made.sql;
  }

  /** Operand of a temporal function as a period of instants; an open end reaches for ever. */
  function period(part: Expression): Interval {
    if (typeof part === 'object' && 'interval' in part) {
      const [start, end] = part.interval.map(boundary) as [Sql | null, Sql | null];
      return {
        from: sql`coalesce(${start}, '-infinity'::timestamptz)`,
        to: sql`coalesce(${end}, 'infinity'::timestamptz)`,
      };
    }
    const made = instant(time(value(part)));
    return { from: made, to: made };
  }

  function boundary(part: Expression): Sql | null {
    if (part === '..') return null;
    if (typeof part === 'string') return instant(value(part.length === 10 ? { date: part } : { timestamp: part }));
    return instant(time(value(part)));
  }

  return { condition };
}

/** The same geometry with its first two ordinates exchanged; what has another shape is left as it is, and found faulty. */
function flipped(given: Geometry): Geometry {
  const turn = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return typeof value[0] === 'number' ? [value[1], value[0], ...value.slice(2)] : value.map(turn);
  };
  if (given.type === 'GeometryCollection')
    return Array.isArray(given.geometries) ? { ...given, geometries: given.geometries.map(flipped) } : given;
  return { ...given, coordinates: turn(given.coordinates) } as Geometry;
}

const isTime = ({ type }: Typed) => type === 'date' || type === 'timestamp';

function time(made: Typed): Typed {
  if (!isTime(made)) throw fault('这里应为时间', 'a time is needed here');
  return made;
}

/** A date stands for its first moment where the district is. */
function instant(made: Typed): Sql {
  return made.type === 'date' ? sql`(${made.sql}::timestamp at time zone 'Asia/Shanghai')` : made.sql;
}

function sameType(a: Typed, b: Typed): void {
  if (a.type === b.type) return;
  const zh = {
    text: '文字',
    number: '数',
    boolean: '真假',
    date: '日期',
    timestamp: '时间',
    geometry: '几何',
    array: '数组',
  };
  throw fault(`不能比较${zh[a.type]}与${zh[b.type]}`, `${a.type} and ${b.type} cannot be compared`);
}

function one(op: string, args: readonly Expression[]): Expression {
  if (args.length !== 1) throw fault(`${op} 需要一个参数`, `${op} needs one argument`);
  return args[0] as Expression;
}

function two(op: string, args: readonly Expression[]): readonly Expression[] {
  if (args.length !== 2) throw fault(`${op} 需要两个参数`, `${op} needs two arguments`);
  return args;
}

function dateText(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw fault(`不是日期：${text}`, `not a date: ${text}`);
  return text;
}

function timestampText(text: string): string {
  const sound = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!sound)
    throw fault(`不是时间（如 2026-01-01T00:00:00Z）：${text}`, `not a time such as 2026-01-01T00:00:00Z: ${text}`);
  dateText(text.slice(0, 10));
  return text;
}
