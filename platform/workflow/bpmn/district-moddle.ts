/**
 * Our extension of BPMN in the form of moddle, for `readDefinition` and for bpmn-js (`moddleExtensions: { district: DISTRICT_MODDLE }`).
 * Values that begin with `=` are FEEL, others stand for themselves; lists are written with blanks between.
 */
export const DISTRICT_URI = 'urn:smart-district:bpmn:1';

const text = (name: string) => ({ name, isAttr: true, type: 'String' });

export const DISTRICT_MODDLE = {
  name: 'SmartDistrict',
  uri: DISTRICT_URI,
  prefix: 'district',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    /** In the extension elements of the process: `<district:variable name="amount" type="number" level="L1"/>`. */
    { name: 'Variable', superClass: ['Element'], properties: [text('name'), text('type'), text('level')] },
    {
      name: 'Assigned',
      extends: ['bpmn:UserTask'],
      properties: [
        text('posts'),
        text('units'),
        text('outcomes'),
        text('separateFrom'),
        text('limit'),
        text('limitWorkingDays'),
        text('form'),
      ],
    },
    { name: 'Handled', extends: ['bpmn:ServiceTask'], properties: [text('handler')] },
    { name: 'Decided', extends: ['bpmn:BusinessRuleTask'], properties: [text('decision')] },
    { name: 'Resulting', extends: ['bpmn:Activity'], properties: [text('result')] },
    {
      name: 'Collected',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [text('collection'), text('element')],
    },
    { name: 'Counted', extends: ['bpmn:TimerEventDefinition'], properties: [text('workingDays')] },
    {
      name: 'Correlated',
      extends: ['bpmn:MessageEventDefinition', 'bpmn:SendTask', 'bpmn:ReceiveTask'],
      properties: [text('correlation')],
    },
  ],
} as const;
