"""Says who helps whom (谁来扶): assisting units, village teams, first secretaries and paired cadres.

Postings, pairing, attendance, diaries, visits and the field page's synchronisation live here.
"""
