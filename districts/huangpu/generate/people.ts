/** Invented households and persons, one household at a time, so that a full district never stands in memory. */
import type { Building } from './buildings.ts';
import { createHomes, roomAddress } from './homes.ts';
import { KINDS, KIND_WEIGHTS, seats } from './household-kinds.ts';
import type { Seat } from './household-kinds.ts';
import { createCitizenNumbers, mobileNumber } from './identifiers.ts';
import { givenName, surname } from './names.ts';
import { cumulate } from './random.ts';
import type { Random } from './random.ts';

export interface Residence {
  /** Undefined outside the district. */
  building?: Building;
  address: string;
  from: string;
}

/** The truth about one invented person. */
export interface Person {
  pid: string;
  idNumber: string;
  name: string;
  formerName: string;
  sex: '1' | '2';
  birthDate: string;
  age: number;
  nation: string;
  phone: string;
  householdNo: string;
  /** Relation to the head of the household, GB/T 4761. */
  relation: string;
  maritalStatus: '未婚' | '已婚' | '丧偶' | '离婚';
  hukouAddress: string;
  residence: Residence;
  previous?: Residence;
  /** Lives in the district. */
  resident: boolean;
  school: string;
  insured: boolean;
  employer: boolean;
  lowIncome: boolean;
  disability: string;
  motherName: string;
  deathDate: string;
  twinOf: string;
}

export interface Household {
  no: string;
  members: Person[];
  moved: boolean;
}

const NATIONS = ['汉族', '回族', '满族', '蒙古族', '苗族', '壮族', '土家族', '朝鲜族'];
const NATION_WEIGHTS = cumulate([984, 6, 3, 1, 2, 1, 2, 1]);
const ELSEWHERE = [
  '安徽省合肥市包河区',
  '江苏省南通市崇川区',
  '浙江省宁波市鄞州区',
  '江西省上饶市信州区',
  '河南省信阳市浉河区',
  '四川省成都市武侯区',
  '上海市浦东新区',
  '上海市闵行区',
  '上海市静安区',
];
const AWAY = ['上海市浦东新区', '上海市闵行区', '上海市宝山区', '上海市徐汇区', '上海市松江区', '上海市嘉定区'];
const AWAY_ROADS = ['样例一路', '样例二路', '样例三路', '样例四路', '样例五路'];

/** Day `days` before `asOf` (ISO dates). */
export function daysBefore(asOf: string, days: number): string {
  return new Date(Date.parse(`${asOf}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function birthDay(random: Random, asOf: string, age: number): string {
  const year = Number(asOf.slice(0, 4)) - age;
  return daysBefore(`${year}${asOf.slice(4)}`, random.int(0, 364));
}

function school(age: number, random: Random): string {
  if (age >= 3 && age <= 5) return `样例第${random.int(1, 20)}幼儿园`;
  if (age >= 6 && age <= 10) return `样例第${random.int(1, 24)}小学`;
  if (age >= 11 && age <= 14) return `样例第${random.int(1, 16)}初级中学`;
  if (age >= 15 && age <= 17) return `样例第${random.int(1, 10)}高级中学`;
  return '';
}

export interface PeopleOptions {
  buildings: readonly Building[];
  persons: number;
  residents: number;
  deceased: number;
  asOf: string;
  rates: { twins: number; moved: number };
  random: Random;
  /** The demo household comes first and has a fixed shape. */
  demoHome: Building;
}

/** Yields households until the wanted numbers of residents, of persons living elsewhere and of dead are met exactly. */
export function* makeHouseholds(options: PeopleOptions): Generator<Household> {
  const { asOf, random } = options;
  const homes = createHomes(options.buildings, random.fork('homes'));
  const number = createCitizenNumbers();
  let persons = 0;
  let households = 0;
  let dead = 0;
  const year = Number(asOf.slice(0, 4));

  const build = (resident: boolean, limit: number, kindOf: 'demo' | 'living' | 'dead'): Household => {
    const demo = kindOf === 'demo';
    households += 1;
    const no = `HP${String(households).padStart(7, '0')}`;
    const kind = demo ? 'threeGenerations' : random.pickWeighted(KINDS, KIND_WEIGHTS);
    const chosen: Seat[] = demo
      ? [
          { relation: '户主', sex: '2', age: 41, marital: '已婚' },
          { relation: '配偶', sex: '1', age: 43, marital: '已婚' },
          { relation: '女', sex: '2', age: 12, marital: '未婚' },
          { relation: '母亲', sex: '2', age: 70, marital: '丧偶' },
        ]
      : seats(random, kind).slice(0, limit);
    const home = demo
      ? { building: options.demoHome, room: '301' }
      : resident && kindOf === 'living'
        ? homes.free()
        : homes.any();
    const here = roomAddress(home.building, home.room);
    const from = daysBefore(asOf, random.int(200, 9000));
    const away = `${random.pick(AWAY)}${random.pick(AWAY_ROADS)}${random.int(1, 900)}弄${random.int(1, 60)}号${random.int(1, 18)}0${random.int(1, 4)}室`;
    const local = resident ? demo || random.chance(kind === 'flatShare' ? 0.15 : 0.74) : true;
    const elsewhereInside = resident && local && !demo && random.chance(0.12);
    const hukouAddress = !resident
      ? here
      : elsewhereInside
        ? roomAddress(random.pick(options.buildings), '101')
        : local
          ? here
          : `${random.pick(ELSEWHERE)}样例路${random.int(1, 300)}号`;
    const moved = resident && kindOf === 'living' && random.chance(options.rates.moved);
    const oldHome = moved ? homes.any() : undefined;
    const residence: Residence = resident
      ? { building: home.building, address: here, from: moved ? daysBefore(asOf, random.int(20, 180)) : from }
      : { address: away, from };
    const headSurname = surname(random);
    const partnerSurname = surname(random);
    const members: Person[] = [];
    chosen.forEach((seat, i) => {
      const born = demo
        ? `${year - seat.age}-0${i + 2}-1${i + 3}`
        : seat.twin === true
          ? (members[i - 1] as Person).birthDate
          : birthDay(random, asOf, seat.age);
      const head = members[0];
      const family =
        seat.relation === '户主'
          ? headSurname
          : seat.relation === '配偶'
            ? partnerSurname
            : seat.relation === '子' || seat.relation === '女'
              ? chosen[0]?.sex === '1' || chosen.length < 2
                ? headSurname
                : partnerSurname
              : seat.relation === '父亲'
                ? headSurname
                : surname(random);
      const twin = seat.twin === true ? (members[i - 1] as Person) : undefined;
      let name = family + givenName({ random, year: Number(born.slice(0, 4)), sex: seat.sex });
      if (twin !== undefined)
        name = twin.name.slice(0, -1) + givenName({ random, year: Number(born.slice(0, 4)), sex: seat.sex }).slice(-1);
      const senior = seat.age >= (seat.sex === '1' ? 60 : 55);
      persons += 1;
      members.push({
        pid: `P${String(persons).padStart(7, '0')}`,
        idNumber: number({ birthDate: born, sex: seat.sex }),
        name,
        formerName:
          seat.age > 20 && random.chance(0.012)
            ? family + givenName({ random, year: Number(born.slice(0, 4)), sex: seat.sex })
            : '',
        sex: seat.sex,
        birthDate: born,
        age: seat.age,
        nation: random.pickWeighted(NATIONS, NATION_WEIGHTS),
        phone: seat.age >= 14 ? mobileNumber(random) : (head?.phone ?? ''),
        householdNo: no,
        relation: seat.relation,
        maritalStatus: seat.marital,
        hukouAddress,
        // Nobody lived anywhere before birth.
        residence: residence.from < born ? { ...residence, from: born } : residence,
        ...(oldHome === undefined || born > residence.from
          ? {}
          : {
              previous: {
                building: oldHome.building,
                address: roomAddress(oldHome.building, oldHome.room),
                from: from < born ? born : from,
              },
            }),
        resident,
        school: school(seat.age, random),
        insured: seat.age >= 18 && random.chance(senior ? 0.95 : 0.82),
        employer: seat.age >= 18 && !senior && random.chance(0.75),
        lowIncome: random.chance(kind === 'elderSingle' ? 0.05 : 0.015),
        disability: random.chance(0.03)
          ? random.pick(['视力三级', '听力二级', '肢体三级', '肢体四级', '智力二级', '精神二级'])
          : '',
        motherName: '',
        deathDate: '',
        twinOf: twin?.pid ?? '',
      });
    });
    const mother = members.find(
      (member) => member.sex === '2' && (member.relation === '户主' || member.relation === '配偶'),
    );
    for (const member of members) if (member.age < 18) member.motherName = mother?.name ?? '';
    return { no, members, moved };
  };

  const away = options.persons - options.residents;
  let living = 0;
  let outside = 0;
  yield build(true, 4, 'demo');
  living += 4;
  while (living < options.residents || outside < away) {
    const resident =
      outside >= away || (living < options.residents && random.chance(options.residents / options.persons));
    const household = build(resident, resident ? options.residents - living : away - outside, 'living');
    if (resident) living += household.members.length;
    else outside += household.members.length;
    yield household;
  }
  while (dead < options.deceased) {
    const household = build(true, 1, 'dead');
    for (const person of household.members) {
      person.deathDate = daysBefore(asOf, random.int(5, 700));
      person.resident = false;
    }
    dead += household.members.length;
    yield household;
  }
}
