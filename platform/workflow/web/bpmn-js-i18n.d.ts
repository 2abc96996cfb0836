/** Chinese texts of the community for bpmn-js, by their English. */
declare module 'bpmn-js-i18n/translations/zn.js' {
  const texts: Record<string, string>;
  export default texts;
}
