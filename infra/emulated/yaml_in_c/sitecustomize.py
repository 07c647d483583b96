"""PyYAML with its own half in C, in whatever is started with this folder on its path.

The SAM CLI and the emulator read and write each of the templates about ten times in a deployment: in Python that is half of
its time.
"""

import yaml

yaml.SafeLoader = yaml.CSafeLoader
yaml.SafeDumper = yaml.CSafeDumper
