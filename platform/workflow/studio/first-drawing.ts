/** The file that a new process begins with: a start, one step for the head of the unit, an end, drawn from left to right. */
export function firstDrawing({ id, name }: { id: string; name: string }): string {
  const title = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:district="urn:smart-district:bpmn:1" id="definitions" targetNamespace="urn:smart-district:processes">
  <bpmn:process id="${id}" name="${title}" isExecutable="true">
    <bpmn:startEvent id="received" name="收到申请"><bpmn:outgoing>to_decide</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="decide" name="办理" district:posts="unit-head"><bpmn:incoming>to_decide</bpmn:incoming><bpmn:outgoing>to_done</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="done" name="办结"><bpmn:incoming>to_done</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="to_decide" sourceRef="received" targetRef="decide" />
    <bpmn:sequenceFlow id="to_done" sourceRef="decide" targetRef="done" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${id}">
      <bpmndi:BPMNShape id="received_shape" bpmnElement="received"><dc:Bounds x="160" y="142" width="36" height="36" /><bpmndi:BPMNLabel><dc:Bounds x="154" y="185" width="48" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="decide_shape" bpmnElement="decide"><dc:Bounds x="250" y="120" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="done_shape" bpmnElement="done"><dc:Bounds x="410" y="142" width="36" height="36" /><bpmndi:BPMNLabel><dc:Bounds x="417" y="185" width="22" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_decide_edge" bpmnElement="to_decide"><di:waypoint x="196" y="160" /><di:waypoint x="250" y="160" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to_done_edge" bpmnElement="to_done"><di:waypoint x="350" y="160" /><di:waypoint x="410" y="160" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}
