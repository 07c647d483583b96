"""Deploys template.yaml to an AWS emulator on this machine and holds on to what it made.

``emulator`` starts and stops MiniStack, ``stack`` packages and deploys the template, ``mail`` reads what SES was
given, ``templates`` expands a template as CloudFormation would. ``python -m infra.emulated up`` does it for a human.
"""
