"""What the tests of analysis need: those on Spark are collected only where Spark and Java are installed."""

import shutil
from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") and shutil.which("java") else ["test_spark.py"]
