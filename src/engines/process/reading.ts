// One document being read: how an element becomes a node, and its expressions FEEL over the names that the document declares.
import { FeelError } from "#engines/feel"
import type { Building, NodeFacts, OpenNode, OpenScope } from "./build.ts"
import { compileExpression, constant, OWN_NAMES, outcomeAsked } from "./expressions.ts"
import {
  type Assignment,
  type EventDefinition,
  type Expression,
  type GatewayKind,
  GraphFaults,
  type Loop,
  type NodeKind,
  type TaskKind,
} from "./graph.ts"
import { EXPRESSIONS_LENGTH_MAX } from "./limits.ts"
import { type Element, expressionText, isOn, nameOf, number, part, parts, text, typeOf } from "./moddle-element.ts"
import type { BpmnOptions } from "./read-bpmn.ts"
import { readEvents } from "./read-events.ts"
import { readLoop } from "./read-loop.ts"

const TASKS: Readonly<Record<string, TaskKind>> = {
  Task: "manual",
  ManualTask: "manual",
  UserTask: "user",
  ServiceTask: "service",
  ScriptTask: "script",
  BusinessRuleTask: "rule",
  SendTask: "send",
  ReceiveTask: "receive",
}

const OTHERS: Readonly<Record<string, NodeKind["type"]>> = {
  StartEvent: "start",
  EndEvent: "end",
  IntermediateCatchEvent: "catch",
  IntermediateThrowEvent: "throw",
  BoundaryEvent: "boundary",
  Transaction: "transaction",
  AdHocSubProcess: "ad-hoc",
  CallActivity: "call",
}

const GATEWAYS: Readonly<Record<string, GatewayKind>> = {
  ExclusiveGateway: "exclusive",
  InclusiveGateway: "inclusive",
  ParallelGateway: "parallel",
  ComplexGateway: "complex",
  EventBasedGateway: "event",
}

const own = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(of, name) ? of[name] : undefined)

export class Reading {
  readonly names: readonly string[]
  private length = 0

  constructor(
    readonly building: Building,
    private readonly options: BpmnOptions,
    all: readonly Element[],
    private readonly scripts: ReadonlyMap<string, string>,
  ) {
    this.names = [...new Set([...OWN_NAMES, ...(options.names ?? []), ...all.flatMap(declaredIn)])]
  }

  /** Compiles FEEL; what can't be compiled is reported, and gives nothing. */
  expression(source: string, at: string): Expression {
    this.length += source.length
    if (this.length > EXPRESSIONS_LENGTH_MAX)
      throw new GraphFaults([{ code: "too-large", at, params: { max: EXPRESSIONS_LENGTH_MAX } }])
    try {
      return compileExpression(this.options.translate ? this.options.translate(source) : source, this.names)
    } catch (error) {
      if (!(error instanceof FeelError)) throw error
      this.building.report("expression-broken", at, { text: source.slice(0, 200), reason: error.code, position: error.from + 1 })
      return constant(source, null)
    }
  }

  /** The expression of a property, where it has one. */
  expressionOf(element: Element | undefined, property: string, at: string): Expression | undefined {
    const source = expressionText(element, property)
    return source === undefined ? undefined : this.expression(source, at)
  }

  condition(source: string, at: string): { when: Expression; outcome?: string } {
    const outcome = outcomeAsked(source)
    return { when: this.expression(source, at), ...(outcome !== undefined && { outcome }) }
  }

  /** The node of an element; undefined, and reported, where it is none that we know. */
  node(scope: OpenScope, element: Element, as: { id?: string; type?: string } = {}): OpenNode | undefined {
    const id = as.id ?? element.id ?? ""
    const kind = this.kindOf(element, as.type ?? typeOf(element))
    if (!id || !kind) {
      this.building.report("element-unknown", id, { element: typeOf(element) })
      return undefined
    }
    return this.building.node(scope, id, kind, this.factsOf(element, id, kind))
  }

  private kindOf(element: Element, type: string): NodeKind | undefined {
    const task = own(TASKS, type)
    if (task) return { type: "task", task }
    const gateway = own(GATEWAYS, type)
    if (gateway) return { type: "gateway", gateway }
    if (type === "SubProcess") return { type: isOn(element, "triggeredByEvent", false) ? "event-sub" : "sub" }
    const other = own(OTHERS, type)
    return other && ({ type: other } as NodeKind)
  }

  private factsOf(element: Element, id: string, kind: NodeKind): NodeFacts {
    const startQuantity = number(element, "startQuantity", 1)
    const completionQuantity = number(element, "completionQuantity", 1)
    if (startQuantity < 1 || completionQuantity < 1)
      this.building.report("quantity-wrong", id, { startQuantity, completionQuantity })
    const loop = readLoop(this, part(element, "loopCharacteristics"), id)
    const until = this.expressionOf(element, "completionCondition", id) ?? this.expressionOf(element, "activationCondition", id)
    const called = text(element, "calledElement")?.replace(/^[^:]*:/, "")
    return {
      name: text(element, "name") ?? "",
      events: this.eventsOf(element, id, kind),
      allEvents: isOn(element, "parallelMultiple", false) || text(element, "eventGatewayType") === "Parallel",
      interrupting: isOn(element, kind.type === "start" ? "isInterrupting" : "cancelActivity", true),
      forCompensation: isOn(element, "isForCompensation", false),
      ...(loop && { loop: loop as Loop }),
      startQuantity,
      completionQuantity,
      ...(kind.type === "call" && { called: called ?? "" }),
      ...(kind.type === "task" && kind.task === "script" && { script: this.scriptOf(element, id) }),
      sequential: text(element, "ordering") === "Sequential",
      cancelsRest: isOn(element, "cancelRemainingInstances", true),
      ...(until && { until }),
      instantiates: isOn(element, "instantiate", false),
      into: this.assignments(parts(element, "dataInputAssociations"), id),
      out: this.assignments(parts(element, "dataOutputAssociations"), id),
      attributes: attributesOf(element),
    }
  }

  private eventsOf(element: Element, id: string, kind: NodeKind): EventDefinition[] {
    if (kind.type !== "task")
      return readEvents(this, [...parts(element, "eventDefinitions"), ...parts(element, "eventDefinitionRef")], id)
    if (kind.task !== "send" && kind.task !== "receive") return []
    const message = part(element, "messageRef") ?? part(part(element, "operationRef"), "inMessageRef")
    return [{ on: "message", name: message ? nameOf(message) : id, ...this.keyOf(element, id) }]
  }

  /** The key by which a message finds its case: an attribute of ours. */
  keyOf(element: Element, at: string): { key?: Expression } {
    const key = element.$attrs["motlan:key"]
    return typeof key === "string" ? { key: this.expression(key, at) } : {}
  }

  private scriptOf(element: Element, id: string): NonNullable<OpenNode["script"]> {
    const source = (text(element, "script") ?? this.scripts.get(element.id ?? "") ?? "").trim()
    if (this.options.scripts === "outside") return { text: source }
    const format = text(element, "scriptFormat")
    if (format !== undefined && !/feel/i.test(format)) this.building.report("script-foreign", id, { format })
    const result = element.$attrs["motlan:result"]
    return { text: source, value: this.expression(source || "null", id), ...(typeof result === "string" && { result }) }
  }

  private assignments(associations: readonly Element[], at: string): Assignment[] {
    return associations.flatMap((one) => {
      const assigned = parts(one, "assignment").flatMap((each) => {
        const from = this.expressionOf(each, "from", at)
        const to = expressionText(each, "to")
        return from && to ? [{ to, from }] : []
      })
      const source = parts(one, "sourceRef")[0]
      const target = part(one, "targetRef")
      if (assigned.length > 0 || !source || !target) return assigned
      const name = dataName(source)
      return [{ to: dataName(target), from: { text: name, value: (vars) => (Object.hasOwn(vars, name) ? vars[name]! : null) } }]
    })
  }
}

/** A reference has the name of what it refers to. */
export const dataName = (element: Element): string => nameOf(part(element, "dataObjectRef") ?? element)

/** Names of the data that a part of the document declares, at every depth. */
function declaredIn(element: Element): string[] {
  const inner = parts(element, "flowElements")
  const many = part(element, "loopCharacteristics")
  const io = part(element, "ioSpecification")
  const own = [
    ...inner.filter((one) => typeOf(one) === "DataObject"),
    ...parts(element, "properties"),
    ...parts(io, "dataInputs"),
    ...parts(io, "dataOutputs"),
    ...[part(many, "inputDataItem")].filter((one) => one !== undefined),
  ]
  const result = element.$attrs["motlan:result"]
  return [...own.map(nameOf), ...(typeof result === "string" ? [result] : []), ...inner.flatMap(declaredIn)]
}

function attributesOf(element: Element): Map<string, string> {
  const ours = Object.entries(element.$attrs).filter(([name, value]) => name.startsWith("motlan:") && typeof value === "string")
  return new Map(ours.map(([name, value]) => [name.slice("motlan:".length), value as string]))
}
