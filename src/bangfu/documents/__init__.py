"""Papers (文档): tables to workbooks that people open in WPS or Excel. Imports no Django."""
