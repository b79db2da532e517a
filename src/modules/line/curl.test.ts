// The lines of X-Road's own manuals, as one types them: curl against the face.
import assert from "node:assert/strict"
import { execFile, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { promisify } from "node:util"
import { answerTo, metadata, soap } from "../../../test/line/envelopes.ts"
import { BIRTHS, CONSUMER, PROVIDER, SERVICE } from "../../../test/line/two-sites.ts"
import { openTwoWorlds, type TwoWorlds } from "../../../test/line/two-worlds.ts"

const skip = spawnSync("curl", ["--version"]).error ? "curl is not installed: what manuals show can't be tried" : false
const folder = mkdtempSync(join(tmpdir(), "motlan-curl-"))
let sites: TwoWorlds
let face = ""

before(async () => {
  sites = await openTwoWorlds()
  face = `http://127.0.0.1:${sites.commune.clients}`
})
after(async () => {
  rmSync(folder, { recursive: true })
  await sites.close()
})

/** What curl writes: the head of the answer and its body. */
async function curl(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("curl", ["-s", "-i", ...words])
  return stdout.replaceAll("\r", "")
}

const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test("curl -X GET of a REST service, with the header X-Road-Client", { skip }, async () => {
  sites.provide = (request, _body, response) => {
    response
      .setHeader("Content-Type", "application/json")
      .end(JSON.stringify({ url: request.url, accept: request.headers.accept }))
  }
  const told = await curl(
    "-X",
    "GET",
    `${face}/r1/${BIRTHS}/records/1`,
    "-H",
    "accept: application/json",
    "-H",
    `X-Road-Client: ${CONSUMER}`,
  )
  assert.match(told, /^HTTP\/1\.1 200 OK\n/)
  assert.match(told, /^x-road-request-hash: \S{88}$/m)
  assert.match(told, /\{"url":"\/base\/records\/1","accept":"application\/json"\}$/)
})

test("curl -X POST of JSON, and of a file that is large enough for Expect: 100-continue", { skip }, async () => {
  sites.provide = (request, body, response) => response.end(`${request.headers["content-type"]} ${body.length}`)
  const headers = ["-H", `X-Road-Client: ${CONSUMER}`, "-H", "Content-Type: application/json"]
  const small = await curl("-X", "POST", `${face}/r1/${SERVICE}/v1/people`, ...headers, "-d", '{"name":"Lan"}')
  assert.match(small, /application\/json 14$/)
  const file = write("large.json", `"${"x".repeat(2_000_000)}"`)
  assert.match(
    await curl("-X", "POST", `${face}/r1/${SERVICE}`, ...headers, "--data-binary", `@${file}`),
    /application\/json 2000002$/,
  )
})

test("curl of a form with a file arrives as multipart", { skip }, async () => {
  sites.provide = (request, body, response) =>
    response.end(`${request.headers["content-type"]!.split(";")[0]} ${body.includes("pet.txt")}`)
  const file = write("pet.txt", "miau")
  assert.match(
    await curl("-H", `X-Road-Client: ${CONSUMER}`, "-F", `file=@${file}`, `${face}/r1/${SERVICE}`),
    /multipart\/form-data true$/,
  )
})

test("curl without the header is told what is missing", { skip }, async () => {
  const told = await curl(`${face}/r1/${SERVICE}`)
  assert.match(told, /^HTTP\/1\.1 500 .*\n(?:.*\n)*X-Road-Error: Server\.ClientProxy\.InvalidClientIdentifier\n/)
})

test("curl of the list of clients and of a provider's methods", { skip }, async () => {
  assert.match(await curl(`${face}/listClients`), /<xroad:clientList /)
  assert.match(await curl("-H", "Accept: application/json", `${face}/listClients?xRoadInstance=XX`), /\{"member":\[\{"id":/)
  const methods = await curl("-H", `X-Road-Client: ${CONSUMER}`, `${face}/r1/${PROVIDER}/listMethods`)
  assert.match(methods, /"service_code":"births"/)
})

test("curl -d @request.xml --header 'Content-Type: text/xml' posts a SOAP message", { skip }, async () => {
  sites.provide = (_request, body, response) => response.setHeader("Content-Type", "text/xml").end(answerTo(body.toString()))
  const post = (name: string, text: string) =>
    curl("-d", `@${write(name, text)}`, "--header", "Content-Type: text/xml", "-X", "POST", `${face}/`)
  assert.match(await post("request.xml", soap().body as string), /<name>Lan<\/name>/)
  assert.match(await post("list.xml", metadata("listMethods").body as string), /<xroad:listMethodsResponse /)
  assert.match(await post("wrong.xml", "<wrong/>"), /^HTTP\/1\.1 200 OK\n(?:.*\n)*.*<faultcode>Client\.InvalidSoap<\/faultcode>/)
})
