"""Alohub's own call, with the address and the token of alohub-sync. With requests where it is installed, else with urllib."""
import json
import os

url = os.environ["INTAKE_URL"] + "/api/crm/lead"
headers = {"accept": "*/*", "Authorization": os.environ["INTAKE_TOKEN"], "Content-Type": "application/json"}
lead = {"phone": "0868793800", "email": "bang@gmail.com", "name": "bang do"}

try:
    import requests
except ImportError:
    from urllib.request import Request, urlopen

    with urlopen(Request(url, json.dumps(lead).encode(), headers)) as answer:
        print(answer.read().decode())
else:
    answer = requests.post(url, json=lead, headers=headers, timeout=10)
    print(answer.text)
    answer.raise_for_status()
