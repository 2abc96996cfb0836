"""A client of the gateway written from docs/gateway.md alone: Python and its `cryptography`, SM2 by the openssl command.

    client.py sign  ALGORITHM KEY.pem METHOD URL BODY SERVICE PURPOSE CASE   -> JSON {headers, nonce}
    client.py call  ALGORITHM KEY.pem METHOD URL BODY SERVICE PURPOSE CASE NODE.pem -> JSON {status, body, fault}
"""

import base64
import hashlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

TAG = "smart-district-gateway-1"


def openssl(*arguments, data):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text")
        with open(path, "wb") as file:
            file.write(data)
        done = subprocess.run(["openssl", *arguments, "-in", path], capture_output=True)
        return done.returncode, done.stdout


SM2 = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


def key_id(path, private):
    """First 32 hexadecimal digits of SHA-256 over the SubjectPublicKeyInfo."""
    arguments = ["openssl", "pkey", "-in", path, "-pubout", "-outform", "DER"]
    der = subprocess.run(arguments if private else [*arguments, "-pubin"], capture_output=True, check=True).stdout
    return hashlib.sha256(der).hexdigest()[:32]


def sign(algorithm, path, base):
    if algorithm == "sm2-sm3":
        return openssl("pkeyutl", "-sign", "-inkey", path, *SM2, data=base)[1]
    with open(path, "rb") as file:
        key = serialization.load_pem_private_key(file.read(), None)
    if algorithm == "ed25519":
        return key.sign(base)
    r, s = utils.decode_dss_signature(key.sign(base, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def holds(algorithm, path, base, signature):
    if algorithm == "sm2-sm3":
        with tempfile.NamedTemporaryFile() as file:
            file.write(signature)
            file.flush()
            code, _ = openssl("pkeyutl", "-verify", "-pubin", "-inkey", path, *SM2, "-sigfile", file.name, data=base)
        return code == 0
    with open(path, "rb") as file:
        key = serialization.load_pem_public_key(file.read())
    try:
        if algorithm == "ed25519":
            key.verify(signature, base)
        else:
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(utils.encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def digest(body):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def signed(algorithm, path, method, url, body, service, purpose, case):
    headers = {
        "content-digest": digest(body),
        "gateway-service": service,
        "gateway-purpose": purpose,
        "gateway-case": case,
    }
    if method == "POST":
        headers["content-type"] = "application/json"
    created = int(time.time())
    nonce = base64.urlsafe_b64encode(os.urandom(18)).decode()
    names = ["@method", "@target-uri", "content-digest", "gateway-service", "gateway-purpose", "gateway-case"]
    params = (
        "(" + " ".join(f'"{name}"' for name in names) + ")"
        f';created={created};expires={created + 60};nonce="{nonce}";keyid="{key_id(path, True)}"'
        f';alg="{algorithm}";tag="{TAG}"'
    )
    values = {"@method": method, "@target-uri": url, **headers}
    base = "\n".join([*(f'"{name}": {values[name]}' for name in names), f'"@signature-params": {params}'])
    headers["signature-input"] = f"sig={params}"
    headers["signature"] = "sig=:" + base64.b64encode(sign(algorithm, path, base.encode())).decode() + ":"
    return headers, nonce


def fault_of(algorithm, node, answer, body, request_signature, nonce):
    """Why the answer is not to be believed; None where it is the node's answer to this request."""
    params = answer["signature-input"].split("=", 1)[1]
    for wanted in (f'nonce="{nonce}"', f'keyid="{key_id(node, False)}"', f'tag="{TAG}"'):
        if wanted not in params:
            return f"{wanted} is missing"
    lines = []
    for name in params[1 : params.index(")")].split(" "):
        if name == '"signature";req':
            value = request_signature
        elif name == '"@status"':
            value = str(answer[":status"])
        else:
            value = answer[name.strip('"')]
        lines.append(f"{name}: {value}")
    base = "\n".join([*lines, f'"@signature-params": {params}']).encode()
    signature = base64.b64decode(answer["signature"].split(":")[1])
    if not holds(algorithm, node, base, signature):
        return "wrong signature"
    name, value = answer["content-digest"].split("=:", 1)
    found = hashlib.new({"sha-256": "sha256", "sm3": "sm3"}[name], body).digest()
    return None if base64.b64decode(value[:-1]) == found else "wrong digest"


def main():
    verb, algorithm, path, method, url, text, service, purpose, case, *rest = sys.argv[1:]
    body = text.encode()
    headers, nonce = signed(algorithm, path, method, url, body, service, purpose, case)
    if verb == "sign":
        print(json.dumps({"headers": headers, "nonce": nonce}))
        return
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname, place.port)
    target = place.path + (f"?{place.query}" if place.query else "")
    connection.request(method, target, body if method == "POST" else None, headers)
    reply = connection.getresponse()
    content = reply.read()
    answer = {name.lower(): value for name, value in reply.getheaders()} | {":status": reply.status}
    fault = fault_of(algorithm, rest[0], answer, content, headers["signature"], nonce)
    print(json.dumps({"status": reply.status, "body": json.loads(content), "fault": fault}))


main()
