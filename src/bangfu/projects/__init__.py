"""Follows money and goods (钱和物): project library, funds from source to household, payments and assets.

Every transfer is a double entry, so that each fen can be followed to its household and back.
"""
