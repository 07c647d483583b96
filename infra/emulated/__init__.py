"""Deploys template.yaml to an AWS emulator on this machine and holds on to what it made.

``emulator`` starts and stops MiniStack, ``stack`` packages and deploys the template, ``permissions`` reads the roles
and bridges what the emulator checks otherwise, ``mail`` reads what SES was given. ``python -m infra.emulated up`` does
it for a human.
"""
